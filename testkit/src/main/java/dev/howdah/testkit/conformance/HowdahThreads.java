package dev.howdah.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The threads that worked for Howdah at one moment: its own by their name, and any that others
 * started for it, such as HikariCP, by the thread group that they inherit.
 *
 * @param threads those that were alive
 */
public record HowdahThreads(Set<Thread> threads) {

  /** {@return those that are alive} */
  public static HowdahThreads now() {
    return new HowdahThreads(
        Thread.getAllStackTraces().keySet().stream()
            .filter(HowdahThreads::isHowdahs)
            .collect(Collectors.toSet()));
  }

  private static boolean isHowdahs(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return thread.getName().startsWith("howdah-")
        || thread.getName().contains("Hikari")
        || (group != null && group.getName().equals("howdah"));
  }

  /** The driver's cleaner serves all connections of the JVM, and ends when it has been idle. */
  private static boolean isDriversCleaner(Thread thread) {
    return thread.getName().startsWith("PostgreSQL-JDBC");
  }

  /** Waits until no thread is left that is not among these; fails after ten seconds. */
  public void assertNoOthersLeft() {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(now().threads())
                    .filteredOn(thread -> !isDriversCleaner(thread))
                    .isSubsetOf(threads));
  }
}
