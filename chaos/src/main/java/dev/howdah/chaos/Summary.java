package dev.howdah.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All verdicts in one table.
 *
 * @param run how the scenarios were run
 * @param verdicts one for each
 */
record Summary(Run run, List<Verdict> verdicts) {

  boolean isPassed() {
    return verdicts.stream().allMatch(Verdict::isPassed);
  }

  /** For people: the table, and below it what should not have been. */
  String text() {
    StringBuilder text = new StringBuilder();
    List<List<String>> table = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      Map<String, Object> columns = columns(verdict);
      if (table.isEmpty()) {
        table.add(List.copyOf(columns.keySet()));
      }
      table.add(columns.values().stream().map(String::valueOf).toList());
    }
    for (List<String> row : table) {
      for (int column = 0; column < row.size(); column++) {
        int width = width(table, column);
        // Numbers to the right, names to the left.
        boolean left = column == 0 || column == row.size() - 1;
        text.append((left ? "%-" : "%").concat(width + "s  ").formatted(row.get(column)));
      }
      text.append('\n');
    }
    for (Verdict verdict : verdicts) {
      for (String violation : verdict.outcome().violations()) {
        text.append("\n%s: %s".formatted(verdict.scenario(), violation));
      }
    }
    return text.append(isPassed() ? "" : "\n").toString();
  }

  /** For machines: the same. */
  void writeJson(Path file) throws IOException {
    List<Map<String, Object>> scenarios = new ArrayList<>();
    for (Verdict verdict : verdicts) {
      Map<String, Object> scenario = new LinkedHashMap<>(columns(verdict));
      scenario.put("violations", verdict.outcome().violations());
      scenarios.add(scenario);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("quick", run.quick());
    document.put("seed", run.seed());
    document.put("scenarios", scenarios);
    JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, json.writeValueAsString(document) + "\n");
  }

  private static Map<String, Object> columns(Verdict verdict) {
    Tally tally = verdict.outcome().tally();
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("scenario", verdict.scenario());
    columns.put("rounds", verdict.outcome().rounds());
    columns.put("logged", tally.logged());
    columns.put("written", tally.written());
    columns.put("rejected", tally.rejected());
    columns.put("dropped", tally.dropped());
    columns.put("journaled", tally.journaled());
    columns.put("lost", tally.lost());
    columns.put("doubled", tally.doubled());
    columns.put("seconds", Math.round(10 * verdict.seconds()) / 10.0);
    columns.put("verdict", verdict.isPassed() ? "passed" : "FAILED");
    return columns;
  }

  private static int width(List<List<String>> table, int column) {
    return table.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
