package dev.howdah.pipeline;

import dev.howdah.batch.Batch;
import dev.howdah.batch.Ledger;
import dev.howdah.encode.RowEncoder;
import dev.howdah.event.LogEventSlot;
import dev.howdah.event.LossCause;
import dev.howdah.event.ProblemReporter;
import dev.howdah.journal.BatchQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Fills batches on the encoder's thread and closes each when it is full, or {@code flushInterval}
 * after its first event. While batches wait in memory only, they close only when they are full:
 * memory holds full batches, not many small ones.
 */
final class Batcher {

  private final RowEncoder encoder;
  private final BatchQueue queue;
  private final Ledger ledger;
  private final ProblemReporter problems;
  private final int maxBytes;
  private final long flushNanos;
  private @Nullable Batch open;

  /** When the first event of the open batch may have come. */
  private long openedAtNanos;

  /** When the encoder last looked in vain. */
  private long unseenSinceNanos;

  private boolean unseen;

  Batcher(
      RowEncoder encoder,
      BatchQueue queue,
      Ledger ledger,
      ProblemReporter problems,
      int maxBytes,
      long flushMillis) {
    this.encoder = encoder;
    this.queue = queue;
    this.ledger = ledger;
    this.problems = problems;
    this.maxBytes = maxBytes;
    this.flushNanos = TimeUnit.MILLISECONDS.toNanos(flushMillis);
  }

  /** Encodes one event; waits while every batch is full. Never throws but when interrupted. */
  void add(LogEventSlot slot) throws InterruptedException {
    Batch batch = openBatch();
    if (batch == null) {
      ledger.lost(LossCause.SHUTDOWN, slot.level(), 1);
      return;
    }
    noteAge(batch);
    try {
      slot.unpack();
      encoder.encode(slot, batch);
    } catch (Throwable e) {
      // Whatever it is, memory that has run out included, must not end the only encoder.
      ledger.lost(LossCause.FAILED, slot.level(), 1);
      problems.problem("an event could not be encoded and was dropped", e);
    }
    if (batch.bytes() >= maxBytes) {
      close();
    }
  }

  /** To be called after a pause: the first event that is found then may be as old. */
  void pausedSince(long nanos) {
    unseen = true;
    unseenSinceNanos = nanos;
  }

  private void noteAge(Batch batch) {
    if (batch.count() == 0) {
      openedAtNanos = unseen ? unseenSinceNanos : System.nanoTime();
    }
    unseen = false;
  }

  /** Closes the batch when nothing waits in memory and its age, or a flush, asks for it. */
  void closeIfDue(boolean flushed) {
    queue.spillIfAsked();
    Batch batch = open;
    if (batch != null
        && batch.count() > 0
        && (flushed || System.nanoTime() - openedAtNanos >= flushNanos)
        && (queue.isIdle() || queue.isJournaling())) {
      close();
    }
  }

  void close() {
    Batch batch = open;
    if (batch != null && batch.count() > 0) {
      open = null;
      encoder.finish(batch);
      queue.add(batch);
    }
  }

  /** Rows in the open batch. */
  int rows() {
    Batch batch = open;
    return batch == null ? 0 : batch.count();
  }

  private @Nullable Batch openBatch() throws InterruptedException {
    if (open == null) {
      open = queue.borrow();
      if (queue.isJournaling()) {
        // On disk a batch is to be understood alone: those before it may be damaged or dropped.
        encoder.forgetDictionary();
      }
    }
    return open;
  }
}
