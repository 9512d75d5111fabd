package dev.howdah.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.testkit.ForkedJvm;
import dev.howdah.testkit.TestDatabase;
import dev.howdah.testkit.conformance.ForkedApplication.Ending;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** However an application ends, what it logged before is in the database, once. */
public abstract class ShutdownSuite extends ConformanceSuite {

  /**
   * For a subclass that names its framework.
   *
   * @param driver the framework
   * @param db a database for this class
   */
  protected ShutdownSuite(Driver driver, TestDatabase db) {
    super(driver, db);
  }

  /** Runs the application in a JVM of its own until that has ended by itself. */
  private ForkedJvm.Result fork(Ending ending, Map<String, String> properties)
      throws IOException, InterruptedException {
    settings.put("shutdownHook", "true");
    settings.put("shutdownTimeout", "1 min");
    settings.put("onFull", "block");
    settings.put("onFullTimeout", "1 min");
    List<String> arguments = new ArrayList<>();
    // The quick compiler: these JVMs live for seconds.
    arguments.add("-XX:TieredStopAtLevel=1");
    properties.forEach((name, value) -> arguments.add("-D" + name + "=" + value));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    arguments.addAll(
        List.of(ForkedApplication.class.getName(), driver.getClass().getName(), ending.toString()));
    settings.forEach((name, text) -> arguments.add(name + "=" + text));
    return ForkedJvm.java(arguments, Map.of());
  }

  /** The counts behind the word "logged". */
  private static List<Integer> logged(ForkedJvm.Result ended) {
    String line =
        ended.output().lines().filter(l -> l.startsWith("logged ")).findFirst().orElseThrow();
    return Arrays.stream(line.substring("logged ".length()).split(" ", -1))
        .map(Integer::valueOf)
        .toList();
  }

  private void assertEveryLineIsThereOnce(ForkedJvm.Result ended) {
    String lines = "" + ForkedApplication.LINES;
    assertThat(
            db.query(
                "SELECT count(*), count(DISTINCT message) FROM "
                    + logs()
                    + " WHERE logger = '"
                    + Call.LOGGER
                    + "'"))
        .as(ended.output())
        .containsExactly(List.of(lines, lines));
  }

  @Test
  void whatWasLoggedBeforeTheFrameworkStoppedIsThere() throws Exception {
    ForkedJvm.Result ended = fork(Ending.STOP, Map.of());

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertEveryLineIsThereOnce(ended);
  }

  @Test
  void whatWasLoggedBeforeMainReturnedIsThere() throws Exception {
    ForkedJvm.Result ended = fork(Ending.RETURN, Map.of());

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertEveryLineIsThereOnce(ended);
  }

  @Test
  void whatThreadsLoggedBeforeExitWasCalledIsThere() throws Exception {
    ForkedJvm.Result ended = fork(Ending.EXIT, Map.of());

    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(ForkedApplication.EXIT_CODE);
    List<Integer> logged = logged(ended);
    assertThat(logged).hasSize(ForkedApplication.THREADS);
    for (int t = 0; t < logged.size(); t++) {
      assertThat(
              db.query(
                  "SELECT count(*) - count(DISTINCT message),"
                      + " count(*) FILTER (WHERE split_part(message, ' ', 2)::int < "
                      + logged.get(t)
                      + ") FROM "
                      + logs()
                      + " WHERE thread = 'worker-"
                      + t
                      + "'"))
          .as("doubled, and logged before the exit")
          .containsExactly(List.of("0", "" + logged.get(t)));
    }
  }

  @Test
  void whatAnotherHookLogsWhileTheJvmGoesDownIsThere() throws Exception {
    ForkedJvm.Result ended = fork(Ending.HOOK, driver.forHooksThatLog());

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    assertEveryLineIsThereOnce(ended);
    String lines = "" + ForkedApplication.LINES_OF_HOOK;
    assertThat(
            db.query(
                "SELECT count(*), count(DISTINCT message) FROM "
                    + logs()
                    + " WHERE logger = 'application.Hook'"))
        .as(ended.output())
        .containsExactly(List.of(lines, lines));
  }

  @Test
  void aStopThatComesWhileItConnectsIsNoComplaint() {
    for (int i = 0; i < 20; i++) {
      Session session = start();
      session.stop();
      assertThat(session.complaints()).isEmpty();
    }
  }

  @Test
  void whatIsLoggedWhileTheFrameworkStopsIsStoredOrCounted() throws InterruptedException {
    Session session = start();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Thread thread =
          new Thread(
              () -> {
                while (session.isStarted()) {
                  session.log(Level.INFO, Call.LOGGER, "until it is stopped");
                }
              });
      threads.add(thread);
      thread.start();
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> session.counts().written() > 1000);
    session.stop();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(session.counts().pending()).isZero();
    assertBalanced(session);
  }
}
