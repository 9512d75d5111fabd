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
   * 534 to 574 were measured on JDK 17, by how much the compiler left out. An appender that only
   * formats the message makes it 670.
   */
  private static final double MOST_BYTES_PER_EVENT = 640;

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
