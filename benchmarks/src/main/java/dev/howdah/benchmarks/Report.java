package dev.howdah.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The outcome of a comparison: the conditions it was measured under, one table, and what follows
 * from it.
 *
 * @param name the comparison's name
 * @param conditions machine, versions, sizes: what has to be known to measure it again
 * @param samples what was measured; ratios are of its first measure
 * @param yardstickOf gives the contender that a contender is compared with
 * @param notes lines below the table; may be empty
 */
record Report(
    String name,
    Map<String, String> conditions,
    Samples samples,
    UnaryOperator<String> yardstickOf,
    List<String> notes) {

  /** A report whose table says all. */
  Report(
      String name,
      Map<String, String> conditions,
      Samples samples,
      UnaryOperator<String> yardstickOf) {
    this(name, conditions, samples, yardstickOf, List.of());
  }

  /** The conditions and the table, for people. */
  String text() {
    StringBuilder text = new StringBuilder();
    conditions.forEach((what, value) -> text.append("%-12s %s%n".formatted(what, value)));
    text.append('\n');
    List<List<String>> table = table();
    for (List<String> row : table) {
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        text.append(cell);
        if (column < row.size() - 1) {
          text.append(" ".repeat(2 + width(table, column) - cell.length()));
        }
      }
      text.append('\n');
    }
    notes.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /** The same with every round's value, for machines. */
  void writeJson(Path folder) throws IOException {
    JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(name + ".json"), json.writeValueAsString(document()) + "\n");
  }

  private Map<String, Object> document() {
    List<Map<String, Object>> contenders = new ArrayList<>();
    for (String contender : samples.contenders()) {
      Map<String, Object> measures = new LinkedHashMap<>();
      for (String measure : samples.measures()) {
        Spread spread = samples.spread(contender, measure);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("median", spread.median());
        values.put("min", spread.min());
        values.put("max", spread.max());
        values.put("rounds", samples.of(contender, measure));
        measures.put(measure, values);
      }
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("contender", contender);
      entry.put("yardstick", yardstickOf.apply(contender));
      entry.put("ratio", ratio(contender));
      entry.put("measures", measures);
      contenders.add(entry);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("benchmark", name);
    document.put("conditions", conditions);
    document.put("contenders", contenders);
    if (!notes.isEmpty()) {
      document.put("notes", notes);
    }
    return document;
  }

  private List<List<String>> table() {
    List<List<String>> table = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of(samples.rounds() > 1 ? "median (min..max)" : ""));
    head.addAll(samples.measures());
    head.add("ratio");
    table.add(head);
    for (String contender : samples.contenders()) {
      List<String> row = new ArrayList<>(List.of(contender));
      for (String measure : samples.measures()) {
        row.add(samples.spread(contender, measure).toString());
      }
      row.add(ratio(contender) + " of " + yardstickOf.apply(contender));
      table.add(row);
    }
    return table;
  }

  Spread ratio(String contender) {
    String first = samples.measures().iterator().next();
    return samples.ratio(contender, yardstickOf.apply(contender), first);
  }

  private static int width(List<List<String>> table, int column) {
    return table.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
