package dev.howdah.benchmarks;

import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What it takes to answer the usual questions about a month of logs, beside the same question to a
 * {@link NaiveTable} of the same facts.
 */
final class QueryComparison implements Comparison {

  static final String WITH_INDEX = "tail, service of 0.01 %, service_tail.sql";

  /**
   * How much is measured.
   *
   * @param rows of a month, each number in a database of its own
   * @param rounds in which each question is asked once, after one that is not counted
   */
  record Scale(List<Integer> rows, int rounds) {}

  @Override
  public String name() {
    return "query";
  }

  @Override
  public String summary() {
    return "time and buffers of the usual questions, beside a naive table";
  }

  @Override
  public Report run(Options options) throws Exception {
    return options.quick()
        ? run("bin/bench query --quick", new Scale(List.of(1_000_000), 3))
        : run("bin/bench query", new Scale(List.of(1_000_000, 10_000_000), 5));
  }

  Report run(String command, Scale scale) throws Exception {
    Map<String, String> conditions = Machine.conditions(command, PostgresServer.shared().root());
    conditions.put(
        "rows",
        scale.rows().stream().map(Spread::number).collect(Collectors.joining(" and "))
            + " of 30 days, a partition each");
    conditions.put("rounds", scale.rounds() + ", after one that is not counted");
    Samples samples = new Samples();
    Map<String, QueryPlan> plans = new LinkedHashMap<>();
    for (int rows : scale.rows()) {
      TestDatabase database = PostgresServer.shared().createDatabase();
      askAll(rows, new AskedQuestions(database, sizeOf(rows), scale.rounds(), samples, plans));
    }
    return new Report(name(), conditions, samples, QueryComparison::yardstick, notes(plans));
  }

  private static String sizeOf(int rows) {
    return rows < 1_000_000 ? "%,d".formatted(rows) : rows / 1_000_000 + " M";
  }

  private static void askAll(int rows, AskedQuestions asked) throws Exception {
    TestDatabase database = asked.database();
    System.out.println("writing %,d rows…".formatted(rows));
    LogHistory.write(database, rows);
    NaiveTable.create(database);
    NaiveTable.fill(database);
    addNaiveErrors(database);
    database.execute("VACUUM ANALYZE");
    asked.ask(Question.ofDefaults(rows, seed()));
    String forAll = "ALTER DATABASE " + database.name() + " SET enable_seqscan = ";
    database.execute(forAll + "off");
    asked.ask(List.of(Question.traceByBloom(rows)));
    database.execute(forAll + "on");
    database.execute(
        "SET search_path TO monitoring, public; " + resource("/optional/service_tail.sql"));
    database.execute("CREATE INDEX ON naive.logs (service, logged_at); ANALYZE");
    asked.ask(List.of(quietService()));
  }

  private static List<String> notes(Map<String, QueryPlan> plans) {
    List<String> notes = new ArrayList<>();
    notes.add("");
    notes.add("buffers of each scan, by EXPLAIN (ANALYZE, BUFFERS); p*: all days together");
    int width = plans.keySet().stream().mapToInt(String::length).max().orElse(1);
    plans.forEach(
        (asked, plan) ->
            notes.add(asked + " ".repeat(width - asked.length() + 2) + plan.described()));
    return notes;
  }

  private static Question quietService() {
    return new Question(
        WITH_INDEX,
        Question.OF_EACH_INSTANCE,
        "SELECT logged_at, level, logger, message FROM naive.logs WHERE service = 'reports'"
            + " ORDER BY logged_at DESC LIMIT 100");
  }

  private static String yardstick(String contender) {
    return contender.endsWith(AskedQuestions.NAIVE) ? contender : contender + AskedQuestions.NAIVE;
  }

  /** The columns that the seed's queries name; fingerprints come from a table of their own. */
  private static void addNaiveErrors(TestDatabase database) {
    database.execute(
        """
        CREATE TABLE naive.errors AS
        SELECT id, fingerprint, message, exception_type, stack_trace, context, occurred_at,
               environment, resolved_at, trace_id
        FROM monitoring.errors
        ORDER BY occurred_at;
        ALTER TABLE naive.errors ADD PRIMARY KEY (id);
        CREATE INDEX ON naive.errors (occurred_at);
        CREATE VIEW naive.traces AS SELECT * FROM monitoring.traces;
        """);
  }

  private static List<String> seed() throws IOException {
    return resource("/queries/seed.sql").lines().toList();
  }

  private static String resource(String path) throws IOException {
    String name = "/dev/howdah/sql" + path;
    try (InputStream in = QueryComparison.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
