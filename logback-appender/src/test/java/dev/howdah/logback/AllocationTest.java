package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.ForkedJvm;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an event allocates on the thread that logs it, measured by the JVM in a program of its own.
 */
@PostgresTest
class AllocationTest {

  /**
   * 534 on JDK 17, of which Logback and SLF4J need some 350 for the event, its arguments and its
   * key-values. With an appender that only formats the message it is 670.
   */
  private static final double MOST_BYTES_PER_EVENT = 600;

  private final TestDatabase db;
  @TempDir Path directory;

  AllocationTest(TestDatabase db) {
    this.db = db;
  }

  @Test
  void aCallWithArgumentsMdcAndKeyValuesAllocatesLessThanFormattingItsMessageWould()
      throws Exception {
    ForkedJvm.Result ended =
        ForkedJvm.run(
            AllocationProgram.class,
            db.url(),
            db.username(),
            AppenderFixture.password(db),
            directory.toString());

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    System.out.println("[bytes per event] " + ended.output().strip());
    double bytes = Double.parseDouble(ended.output().strip().replaceAll("(?s).*howdah=", ""));
    assertThat(bytes).isBetween(1.0, MOST_BYTES_PER_EVENT);
  }
}
