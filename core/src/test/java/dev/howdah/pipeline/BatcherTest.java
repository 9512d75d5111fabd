package dev.howdah.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.batch.Ledger;
import dev.howdah.event.Level;
import dev.howdah.event.LogEventSlot;
import dev.howdah.event.PipelineListener;
import dev.howdah.event.ProblemReporter;
import dev.howdah.journal.BatchQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BatcherTest {

  private static final long FLUSH_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final Ledger ledger = new Ledger();
  private final ProblemReporter problems = new ProblemReporter(new PipelineListener() {});
  private final BatchQueue queue = new BatchQueue(4, null, false, problems);
  private final Batcher batcher =
      new Batcher(PlainRows.encoder(ledger), queue, ledger, problems, 16 * 1024, FLUSH_MILLIS);

  @Test
  void theFirstEventAfterAPauseMayBeAsOldAsThePause() throws Exception {
    batcher.pausedSince(System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(2 * FLUSH_MILLIS));
    add();
    batcher.closeIfDue(false);
    assertThat(batcher.rows()).isZero();
    assertThat(queue.memoryRows()).isEqualTo(1);
  }

  @Test
  void onlyTheFirstEventAfterAPauseIs() throws Exception {
    batcher.pausedSince(System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(2 * FLUSH_MILLIS));
    add();
    batcher.close();
    assertThat(queue.peek(1)).isNotNull();
    queue.remove();
    add();
    batcher.closeIfDue(false);
    assertThat(batcher.rows()).isEqualTo(1);
  }

  @Test
  void aBatchThatIsOpenIsNoOlderForAPause() throws Exception {
    add();
    batcher.pausedSince(System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(2 * FLUSH_MILLIS));
    add();
    batcher.closeIfDue(false);
    assertThat(batcher.rows()).isEqualTo(2);
  }

  private void add() throws InterruptedException {
    LogEventSlot slot = new LogEventSlot();
    slot.head(Level.INFO, 0, "logger", "thread");
    slot.filled();
    batcher.add(slot);
  }
}
