package dev.howdah.pipeline;

import dev.howdah.batch.Ledger;
import dev.howdah.event.Level;
import dev.howdah.event.LogEventSlot;
import dev.howdah.event.LossCause;
import dev.howdah.event.PipelineListener;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When events were lost and the pressure has ended, makes one WARN event of Howdah's own that says
 * how many, by cause and level: nobody should have to look for a gap in the logs. Rejected rows are
 * not among them: they are kept, and the row that tells of them could be rejected too. For the
 * encoder's thread.
 */
final class LossReport {

  private static final String LOGGER = "dev.howdah";
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Losses that never end are told of this often. */
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Ledger ledger;
  private final PipelineListener listener;
  private final LogEventSlot slot = new LogEventSlot();
  private final long[][] told = new long[LossCause.values().length][Level.values().length];
  private long toldTotal;
  private long seenTotal;
  private long seenAtNanos;
  private long firstAtNanos;
  private final AtomicLong rows = new AtomicLong();

  LossReport(Ledger ledger, PipelineListener listener) {
    this.ledger = ledger;
    this.listener = listener;
  }

  /** How many reports were made: rows of our own. */
  long rows() {
    return rows.get();
  }

  /** Whether there is an event to write now: not when no loss is untold, or losses go on. */
  boolean isDue(boolean closing) {
    long total = ledger.dropped();
    if (total == toldTotal) {
      return false;
    }
    long now = System.nanoTime();
    if (seenTotal == toldTotal) {
      firstAtNanos = now;
    }
    if (total != seenTotal) {
      seenTotal = total;
      seenAtNanos = now;
    }
    return closing || now - seenAtNanos >= QUIET_NANOS || now - firstAtNanos >= LONGEST_NANOS;
  }

  /** The event to write when one {@linkplain #isDue is due}. */
  LogEventSlot next() {
    fill(seenTotal - toldTotal);
    toldTotal = seenTotal;
    rows.incrementAndGet();
    return slot;
  }

  private void fill(long lost) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    slot.head(Level.WARN, micros, LOGGER, Thread.currentThread().getName());
    slot.message("Howdah lost " + lost + " events; see context for cause and level", null);
    for (LossCause cause : LossCause.values()) {
      if (cause == LossCause.REJECTED) {
        continue;
      }
      for (Level level : Level.values()) {
        long count = ledger.lost(cause, level);
        long news = count - told[cause.ordinal()][level.ordinal()];
        if (news > 0) {
          listener.lost(cause, level, news);
          slot.keyValue("dropped." + cause + "." + level, news);
          told[cause.ordinal()][level.ordinal()] = count;
        }
      }
    }
    slot.filled();
  }
}
