package dev.howdah.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The scenarios are worth as much as the tally: what is wrong must be seen. */
class TallyTest {

  private Subject subject;

  @BeforeEach
  void logTenEvents() throws Exception {
    subject = Subject.start(Map.of());
    for (int i = 0; i < 10; i++) {
      subject.events().log("TallyTest", "of ten");
    }
    assertThat(subject.settles(Duration.ofMinutes(1))).isTrue();
  }

  @AfterEach
  void close() throws IOException {
    subject.close();
  }

  @Test
  void whatIsThereOnceIsAllRight() {
    Tally tally = subject.tally();

    assertThat(tally.violations()).isEmpty();
    assertThat(tally.written()).isEqualTo(10);
    assertThat(tally.plus(tally).written()).isEqualTo(20);
  }

  @Test
  void aMissingRowIsLost() {
    subject.database().execute("DELETE FROM monitoring.log_events WHERE seq = 5");

    assertThat(subject.tally().lost()).isEqualTo(1);
    assertThat(subject.tally().violations())
        .containsExactly("lost: 1, and should be 0", "rows: 9, and should be 10");
  }

  @Test
  void aRowThatIsThereTwiceIsDoubled() {
    subject
        .database()
        .execute(
            """
            INSERT INTO monitoring.log_events
            SELECT *
            FROM monitoring.log_events
            WHERE seq IN (3, 4)
            """);

    assertThat(subject.tally().doubled()).isEqualTo(2);
    assertThat(subject.tally().violations())
        .containsExactly("doubled: 2, and should be 0", "rows: 12, and should be 10");
  }

  @Test
  void aRowWithoutItsLoggerIsLost() {
    subject.database().execute("DELETE FROM monitoring.call_sites");

    assertThat(subject.tally().lost()).isEqualTo(10);
  }
}
