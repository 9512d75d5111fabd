package dev.howdah.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A process is killed at each step of a message, once; the table is in the test's output. */
class KilledDispatchersTest {

  @Test
  void aMessageIsReceivedOnceOrWhereTheMarkIsMissingTwiceWithTheSameKey() throws Exception {
    List<Deliveries> steps =
        KilledDispatchers.kill(
            List.of(
                KillStep.BEFORE_CLAIM,
                KillStep.AFTER_CLAIM,
                KillStep.AFTER_SEND,
                KillStep.BEFORE_MARK),
            1,
            1,
            new Run(true, 42));

    assertThat(steps).flatExtracting(Deliveries::violations).isEmpty();
    assertThat(steps)
        .extracting(Deliveries::step, Deliveries::kills, Deliveries::once, Deliveries::again)
        .containsExactly(
            tuple(KillStep.BEFORE_CLAIM, 1, 1, 0),
            tuple(KillStep.AFTER_CLAIM, 1, 1, 0),
            tuple(KillStep.AFTER_SEND, 1, 0, 1),
            tuple(KillStep.BEFORE_MARK, 1, 0, 1));
  }
}
