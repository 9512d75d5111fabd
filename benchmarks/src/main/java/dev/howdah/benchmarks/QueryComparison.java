package dev.howdah.benchmarks;

import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What it takes to answer the usual questions about a month of logs, beside the same question to a
 * {@link NaiveTable} of the same facts. Both have to find the same number of rows.
 */
final class QueryComparison implements Comparison {

  static final String TIME = "ms";
  static final String BUFFERS = "buffers";
  static final String PARTITIONS = "partitions";
  static final String WITH_INDEX = "tail, service of 0.01 %, service_tail.sql";

  private static final String NAIVE = ", naive";

  /**
   * How much is measured.
   *
   * @param rows of a month
   * @param rounds in which each question is asked once, after one that is not counted
   */
  record Scale(int rows, int rounds) {}

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
    String command = "bin/bench query" + (options.quick() ? " --quick" : "");
    return run(command, options.quick() ? new Scale(1_000_000, 3) : new Scale(10_000_000, 5));
  }

  Report run(String command, Scale scale) throws Exception {
    TestDatabase database = PostgresServer.shared().createDatabase();
    Map<String, String> conditions = Machine.conditions(command, database);
    conditions.put("rows", Spread.number(scale.rows()) + " of 30 days, a partition each");
    conditions.put("rounds", scale.rounds() + ", after one that is not counted");
    System.out.println("writing the rows…");
    LogHistory.write(database, scale.rows());
    NaiveTable.create(database);
    NaiveTable.fill(database);
    addNaiveErrors(database);
    database.execute("VACUUM ANALYZE");
    Samples samples = new Samples();
    ask(Question.ofDefaults(scale.rows(), seed()), scale.rounds(), database, samples);
    String forAll = "ALTER DATABASE " + database.name() + " SET enable_seqscan = ";
    database.execute(forAll + "off");
    ask(List.of(Question.traceByBloom(scale.rows())), scale.rounds(), database, samples);
    database.execute(forAll + "on");
    database.execute(
        "SET search_path TO monitoring, public; " + resource("/optional/service_tail.sql"));
    database.execute("CREATE INDEX ON naive.logs (service, logged_at); ANALYZE");
    ask(List.of(quietService()), scale.rounds(), database, samples);
    return new Report(name(), conditions, samples, QueryComparison::yardstick);
  }

  private static Question quietService() {
    return new Question(
        WITH_INDEX,
        Question.OF_EACH_INSTANCE,
        "SELECT logged_at, level, logger, message FROM naive.logs WHERE service = 'reports'"
            + " ORDER BY logged_at DESC LIMIT 100");
  }

  private static String yardstick(String contender) {
    return contender.endsWith(NAIVE) ? contender : contender + NAIVE;
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

  private static void ask(
      List<Question> questions, int rounds, TestDatabase database, Samples samples) {
    for (int round = 0; round <= rounds; round++) {
      Samples counted = round == 0 ? new Samples() : samples;
      for (Question question : questions) {
        int found = ask(question.name(), question.sql(), database, counted);
        int foundNaively = ask(question.name() + NAIVE, question.naive(), database, counted);
        if (found != foundNaively) {
          throw new IllegalStateException(
              "%s: %d rows, but %d in the naive table"
                  .formatted(question.name(), found, foundNaively));
        }
      }
    }
  }

  private static int ask(String name, String sql, TestDatabase database, Samples samples) {
    int rows = database.query(sql).size();
    QueryPlan plan = QueryPlan.of(sql, database);
    samples.add(name, TIME, plan.millis());
    samples.add(name, BUFFERS, (double) plan.buffers());
    samples.add(name, PARTITIONS, plan.partitions());
    return rows;
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
