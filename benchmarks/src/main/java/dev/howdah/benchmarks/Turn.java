package dev.howdah.benchmarks;

import dev.howdah.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A contender's turn: it writes its events into an empty table, after a checkpoint; then the rows
 * are counted by SQL, and one too few or too many ends the run.
 *
 * @param database where they go
 * @param server whose processor time is taken
 * @param samples where the measures go
 */
record Turn(TestDatabase database, ServerCpu server, Samples samples) {

  static final String RATE = "events/s";
  private static final String APPLICATION = "JVM CPU s/million";
  private static final String SERVER = "server CPU s/million";

  /** One turn that is not counted; its rows stay. */
  static void unmeasured(TestDatabase database, Contender contender) throws Exception {
    new Turn(database, ServerCpu.of(database), new Samples()).take(contender);
  }

  /**
   * Takes a number of turns each, by turns, and one before that is not counted. Each round starts
   * with another contender: what one leaves to the next is shared by all.
   *
   * @return what was measured
   */
  static Samples rounds(TestDatabase database, int rounds, List<? extends Contender> contenders)
      throws Exception {
    for (Contender contender : contenders) {
      unmeasured(database, contender);
    }
    Turn turn = new Turn(database, ServerCpu.of(database), new Samples());
    List<Contender> order = new ArrayList<>(contenders);
    for (int round = 0; round < rounds; round++) {
      for (Contender contender : order) {
        turn.take(contender);
      }
      Collections.rotate(order, -1);
    }
    return turn.samples();
  }

  void take(Contender contender) throws Exception {
    EmptyTable.make(database, contender.table());
    contender.prepare();
    double serverBefore = server.seconds();
    long before = Machine.cpuNanos();
    long start = System.nanoTime();
    contender.write();
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpu = (Machine.cpuNanos() - before) / 1e9;
    double serverCpu = server.seconds() - serverBefore;
    check(contender);
    double millions = contender.events() / 1e6;
    samples.add(contender.name(), RATE, contender.events() / seconds);
    samples.add(contender.name(), APPLICATION, cpu / millions);
    samples.add(contender.name(), SERVER, serverCpu / millions);
    System.out.printf(
        "%-20s %9s events/s%n", contender.name(), Spread.number(contender.events() / seconds));
  }

  private void check(Contender contender) {
    String sql =
        "SELECT count(*), count(DISTINCT %s) FROM %s".formatted(contender.key(), contender.table());
    List<String> expected = List.of("" + contender.rows(), "" + contender.rows());
    List<?> found = database.query(sql).get(0);
    if (!found.equals(expected)) {
      throw new IllegalStateException(
          "%s: rows and distinct ones are %s, not %s".formatted(contender.name(), found, expected));
    }
  }
}
