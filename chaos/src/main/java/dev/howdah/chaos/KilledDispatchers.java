package dev.howdah.chaos;

import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.RecordingServer;
import dev.howdah.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;

/**
 * Processes of one application share a webhook, new bugs keep coming, and processes are killed at
 * every step of a message. Each message must be received, again only where a kill left nobody who
 * knew of the first time, and then with the same key.
 *
 * <p>In the table of scenarios a message counts as an event: {@code doubled} are those received
 * again, which is right here.
 */
final class KilledDispatchers implements Scenario {

  @Override
  public String name() {
    return "killed-dispatchers";
  }

  @Override
  public String summary() {
    return "kill -9 of processes at every step of a notification, and what the webhook receives";
  }

  @Override
  public Outcome run(Run run) throws Exception {
    List<Deliveries> steps =
        kill(List.of(KillStep.values()), run.rounds(40, 8), run.rounds(15, 2), run);
    Tally tally = Tally.NOTHING;
    for (Deliveries step : steps) {
      int received = step.once() + step.again();
      tally =
          tally.plus(
              new Tally(
                  step.messages(),
                  step.messages(),
                  received,
                  0,
                  0,
                  0,
                  step.requests(),
                  step.requests(),
                  received));
    }
    List<String> violations =
        steps.stream().map(Deliveries::violations).flatMap(List::stream).toList();
    return new Outcome(steps.stream().mapToInt(Deliveries::kills).sum(), tally, violations);
  }

  /**
   * Kills at one step after the other, and prints the table.
   *
   * @param steps where
   * @param bugs at each step, a message for each
   * @param kills at each step, not more than bugs
   */
  static List<Deliveries> kill(List<KillStep> steps, int bugs, int kills, Run run)
      throws Exception {
    TestDatabase database = Schema.installedIn(PostgresServer.shared().createDatabase());
    List<Deliveries> deliveries = new ArrayList<>();
    try (RecordingServer webhook = new RecordingServer();
        DispatcherSiege siege = DispatcherSiege.begin(database, webhook)) {
      for (KillStep step : steps) {
        deliveries.add(siege.kill(step, bugs, kills, run.random(step.ordinal())));
      }
    }
    System.out.print(Deliveries.table(deliveries));
    return deliveries;
  }
}
