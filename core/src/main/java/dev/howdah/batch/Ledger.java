package dev.howdah.batch;

import dev.howdah.event.Level;
import dev.howdah.event.LossCause;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what became of each event, by cause and level. Thread-safe.
 *
 * <p>Nothing here is touched when an event goes the normal way into the ring: what was accepted is
 * the ring's own cursor.
 */
public final class Ledger {

  private static final int LEVELS = Level.values().length;

  private final AtomicLongArray lost = new AtomicLongArray(LossCause.values().length * LEVELS);
  private final LongAdder refused = new LongAdder();
  private final LongAdder written = new LongAdder();
  private final LongAdder adopted = new LongAdder();
  private final LongAdder batches = new LongAdder();
  private final LongAdder cut = new LongAdder();
  private final LongAdder replaced = new LongAdder();

  /**
   * Counts events that will not be written.
   *
   * @param cause why
   * @param level of the events
   * @param count how many
   */
  public void lost(LossCause cause, Level level, long count) {
    lost.addAndGet(index(cause, level), count);
  }

  /**
   * Counts an event that was lost before it came into the ring.
   *
   * @param cause why
   * @param level of the event
   */
  public void refused(LossCause cause, Level level) {
    refused.increment();
    lost(cause, level, 1);
  }

  /**
   * Counts all rows of a batch that will never be written.
   *
   * @param batch the batch
   * @param cause why
   */
  public void lost(Batch batch, LossCause cause) {
    for (Level level : Level.values()) {
      lost(cause, level, batch.count(level));
    }
  }

  /**
   * Counts a batch that is known to be committed.
   *
   * @param rows its rows, without those that were refused
   */
  public void written(long rows) {
    written.add(rows);
    batches.increment();
  }

  /**
   * Takes back rows that the database had acknowledged, has lost since, and will be sent again.
   *
   * @param rows how many
   */
  public void unwritten(long rows) {
    written.add(-rows);
  }

  /**
   * Counts rows of former starts that were written now.
   *
   * @param rows how many
   */
  public void adopted(long rows) {
    adopted.add(rows);
  }

  /** {@return rows of former starts that were written now} */
  public long adopted() {
    return adopted.sum();
  }

  /**
   * Counts what was changed in an event so that it could be stored.
   *
   * @param texts texts and contexts that were cut at their limit
   * @param characters characters that PostgreSQL can't hold, replaced by U+FFFD
   */
  public void changed(int texts, long characters) {
    cut.add(texts);
    replaced.add(characters);
  }

  /**
   * Gives the count of one cause and level.
   *
   * @param cause a cause
   * @param level a level
   * @return how many such events were lost
   */
  public long lost(LossCause cause, Level level) {
    return lost.get(index(cause, level));
  }

  /** {@return those of the lost events that never came into the ring} */
  public long refused() {
    return refused.sum();
  }

  /** {@return events that are nowhere: all lost ones but the rejected} */
  public long dropped() {
    return sum(0, index(LossCause.REJECTED, Level.TRACE));
  }

  /** {@return rows that PostgreSQL refused} */
  public long rejected() {
    return sum(index(LossCause.REJECTED, Level.TRACE), lost.length());
  }

  /** {@return rows known to be committed} */
  public long written() {
    return written.sum();
  }

  /** {@return batches known to be committed} */
  public long batches() {
    return batches.sum();
  }

  /** {@return texts and contexts that were cut} */
  public long cut() {
    return cut.sum();
  }

  /** {@return characters that were replaced} */
  public long replaced() {
    return replaced.sum();
  }

  private static int index(LossCause cause, Level level) {
    return cause.ordinal() * LEVELS + level.ordinal();
  }

  private long sum(int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += lost.get(i);
    }
    return sum;
  }
}
