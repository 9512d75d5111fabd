package dev.howdah.benchmarks;

import dev.howdah.testkit.TestDatabase;
import java.util.List;
import java.util.Map;

/**
 * Asks questions to Howdah's schema and to the naive table beside it, by turns. Both have to find
 * the same number of rows.
 *
 * @param database that has both
 * @param size what its contenders' names begin with
 * @param rounds in which each question is asked once, after one that is not counted
 * @param samples what was measured
 * @param plans the last round's, by contender
 */
record AskedQuestions(
    TestDatabase database, String size, int rounds, Samples samples, Map<String, QueryPlan> plans) {

  static final String TIME = "ms";
  static final String BUFFERS = "buffers";
  static final String PARTITIONS = "partitions";

  /** What the names of the naive table's contenders end with. */
  static final String NAIVE = ", naive";

  void ask(List<Question> questions) {
    for (int round = 0; round <= rounds; round++) {
      Samples counted = round == 0 ? new Samples() : samples;
      for (Question question : questions) {
        String name = size + ", " + question.name();
        int found = ask(name, question.sql(), counted);
        int foundNaively = ask(name + NAIVE, question.naive(), counted);
        if (found != foundNaively) {
          throw new IllegalStateException(
              "%s: %d rows, but %d in the naive table".formatted(name, found, foundNaively));
        }
      }
    }
  }

  private int ask(String contender, String sql, Samples counted) {
    int rows = database.query(sql).size();
    QueryPlan plan = QueryPlan.of(sql, database);
    plans.put(contender, plan);
    counted.add(contender, TIME, plan.millis());
    counted.add(contender, BUFFERS, (double) plan.buffers());
    counted.add(contender, PARTITIONS, plan.partitions());
    return rows;
  }
}
