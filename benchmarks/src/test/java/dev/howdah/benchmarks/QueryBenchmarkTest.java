package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.howdah.benchmarks.QueryComparison.Scale;
import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read does not depend on the clock. */
class QueryBenchmarkTest {

  @Test
  void aServicesTailReadsFewBuffersAndFewDays() throws Exception {
    // A different number of rows in the naive table would end the run.
    Report report = new QueryComparison().run("a test", new Scale(List.of(30_000), 1));
    Samples samples = report.samples();

    assertThat(samples.contenders()).hasSize(2 * 16);
    assertThat(samples.spread("30,000, tail, service of 20 %", AskedQuestions.PARTITIONS).max())
        .isBetween(1.0, 2.0);
    assertThat(
            samples.spread("30,000, " + QueryComparison.WITH_INDEX, AskedQuestions.BUFFERS).max())
        .isBetween(1.0, 200.0);
    assertThat(samples.spread("30,000, trace id, a day named", AskedQuestions.PARTITIONS).max())
        .isBetween(1.0, 4.0);
    assertThat(report.notes())
        .filteredOn(note -> note.matches("30,000, tail of 100 .*"))
        .singleElement(STRING)
        .contains("index scan of log_events_p*_logged_at_idx: ");
  }

  @Test
  void theScansBuffersAreThoseOfTheWholeQuery() {
    TestDatabase database = PostgresServer.shared().createDatabase();
    database.execute(
        "CREATE TABLE a AS SELECT n FROM generate_series(1, 10000) n;"
            + " CREATE TABLE b AS SELECT n FROM a; CREATE INDEX b_n ON b (n)");
    database.execute("VACUUM ANALYZE");

    QueryPlan plan = QueryPlan.of("SELECT * FROM a JOIN b USING (n) WHERE a.n = 5000", database);

    assertThat(plan.reads()).containsOnlyKeys("seq scan of a", "index only scan of b_n");
    assertThat(plan.reads().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(plan.buffers());
    assertThat(plan.described()).startsWith("seq scan of a: ");
  }
}
