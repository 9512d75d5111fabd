package dev.howdah.pipeline;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import dev.howdah.batch.Ledger;
import dev.howdah.encode.RowEncoder;
import dev.howdah.event.Level;
import dev.howdah.event.LogEventSlot;
import dev.howdah.event.LossCause;
import dev.howdah.event.ProblemReporter;
import dev.howdah.event.RingEvent;
import dev.howdah.journal.BatchQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The ring between the application's threads and the encoder's.
 *
 * <p>An appender claims a slot, fills it and publishes it, or {@linkplain #offer offers} an event
 * that is one object. Claiming takes no lock and does no I/O; what happens when there is no room is
 * the {@link OverloadPolicy}'s choice, and every loss is counted. One thread encodes: events of one
 * logging thread keep their order.
 *
 * <p>The encoder looks for events by itself, and is woken only where it might otherwise be too
 * late: a wake-up costs more than all the rest of a logging call.
 *
 * <pre>
 * long sequence = pipeline.claim(level, bytes);
 * if (sequence != EventPipeline.REFUSED) {
 *   try {
 *     LogEventSlot slot = pipeline.slot(sequence);
 *     … fill …
 *     slot.filled();
 *   } finally {
 *     pipeline.publish(sequence);
 *   }
 * }
 * </pre>
 *
 * Thread-safe.
 */
public final class EventPipeline {

  /** What {@link #claim} returns when the event was dropped, and counted. */
  public static final long REFUSED = -1;

  private static final long FLUSH_PAUSE_MILLIS = 2;
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  /** A fiftieth of what the encoder and a database nearby need for a ring of the default size. */
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(1600);

  /**
   * How a pipeline is set up.
   *
   * @param ringSize slots, a power of two
   * @param policy what to do when there is no room
   * @param timeoutMillis how long a logging call may wait where the policy waits
   * @param maxRingBytes most bytes that events in the ring may keep alive
   * @param batchBytes size at which a batch closes
   * @param flushMillis age at which a batch closes
   */
  public record Options(
      int ringSize,
      OverloadPolicy policy,
      long timeoutMillis,
      long maxRingBytes,
      int batchBytes,
      long flushMillis) {}

  private final Options options;
  private final RingBuffer<RingSlot> ring;
  private final SlotBudget budget;
  private final BatchQueue queue;
  private final Ledger ledger;
  private final EncoderLoop encoder;
  private final long waitNanos;
  private final int shedReserve;

  /** Set when a wait was in vain; until events move again nobody else waits in vain. */
  private volatile long stalledAt = -1;

  /**
   * @param options how it is set up
   * @param rows turns slots into rows
   * @param queue where closed batches go
   * @param ledger counts the losses
   * @param problems told of what goes wrong
   */
  @SuppressWarnings("exports") // only Howdah makes one, in the same module
  public EventPipeline(
      Options options, RowEncoder rows, BatchQueue queue, Ledger ledger, ProblemReporter problems) {
    this.options = options;
    this.queue = queue;
    this.ledger = ledger;
    budget = new SlotBudget(options.maxRingBytes(), options.ringSize());
    ring =
        RingBuffer.createMultiProducer(
            RingSlot::new, options.ringSize(), new BusySpinWaitStrategy());
    Batcher batcher =
        new Batcher(rows, queue, ledger, problems, options.batchBytes(), options.flushMillis());
    encoder = new EncoderLoop(ring, budget, batcher, ledger, problems, options.flushMillis());
    waitNanos = TimeUnit.MILLISECONDS.toNanos(options.timeoutMillis());
    shedReserve = Math.max(1, options.ringSize() / 5);
  }

  /** Starts the encoder's thread. */
  public void start() {
    encoder.start();
  }

  /**
   * Claims a slot. The caller must publish it, come what may.
   *
   * @param level the event's level
   * @param bytes about how many bytes of memory the event will keep alive
   * @return the slot's sequence, or {@link #REFUSED} when the event was dropped
   */
  public long claim(Level level, long bytes) {
    if (encoder.isClosed()) {
      return drop(LossCause.SHUTDOWN, level);
    }
    long excess = budget.excess(bytes);
    return switch (options.policy()) {
      case DROP -> claimOrDrop(level, excess);
      case BLOCK -> claimOrWait(level, excess);
      case SHED -> claimOrShed(level, excess);
    };
  }

  /**
   * Puts an event that is one object into the ring; one for which there is no room is counted.
   *
   * @param event the event, which can't change any more
   */
  public void offer(RingEvent event) {
    long sequence = claim(event.level(), event.bytes());
    if (sequence == REFUSED) {
      return;
    }
    RingSlot slot = ring.get(sequence);
    slot.whole(event);
    publish(sequence, slot);
  }

  /**
   * Gives the slot that was claimed.
   *
   * @param sequence what {@link #claim} gave
   * @return the slot to fill
   */
  public LogEventSlot slot(long sequence) {
    return ring.get(sequence).parts(budget.keptChars());
  }

  /**
   * Hands a slot to the encoder.
   *
   * @param sequence what {@link #claim} gave
   */
  public void publish(long sequence) {
    publish(sequence, ring.get(sequence));
  }

  private void publish(long sequence, RingSlot slot) {
    // Read now: once it is published, the place belongs to the encoder.
    boolean large = slot.reservedBytes() > 0;
    ring.publish(sequence);
    encoder.published(sequence, large);
  }

  /**
   * Counts an event that an appender could not even offer.
   *
   * @param level its level
   */
  public void failed(Level level) {
    drop(LossCause.FAILED, level);
  }

  /** {@return what became of the events so far} */
  public PipelineStats stats() {
    long reports = encoder.reports();
    long accepted = ring.getCursor() + 1;
    long pending = accepted - encoder.encoded() + encoder.openRows() + queue.memoryRows();
    return new PipelineStats(
        accepted + reports + ledger.refused(),
        ledger.written(),
        ledger.dropped(),
        ledger.rejected(),
        queue.journaledRows(),
        pending,
        ledger.adopted(),
        ledger.batches(),
        ledger.cut(),
        ledger.replaced(),
        losses());
  }

  private List<PipelineStats.Loss> losses() {
    List<PipelineStats.Loss> losses = new ArrayList<>();
    for (LossCause cause : LossCause.values()) {
      for (Level level : Level.values()) {
        long events = ledger.lost(cause, level);
        if (events > 0) {
          losses.add(new PipelineStats.Loss(cause, level, events));
        }
      }
    }
    return losses;
  }

  /** From now on no event waits for others to fill its batch; for a program's end. */
  public void flushAlways() {
    encoder.flushUpTo(Long.MAX_VALUE);
  }

  /**
   * Waits until what was logged before this call is written, rejected or lost, and goes on
   * accepting events.
   *
   * @param maxWaitNanos how long to wait at most
   * @return true when nothing that was logged before is pending any more
   * @throws InterruptedException when interrupted
   */
  public boolean flush(long maxWaitNanos) throws InterruptedException {
    long accepted = ring.getCursor() + 1;
    long start = System.nanoTime();
    encoder.flushUpTo(accepted);
    while (!isDoneWith(accepted)) {
      if (System.nanoTime() - start > maxWaitNanos) {
        return false;
      }
      Thread.sleep(FLUSH_PAUSE_MILLIS);
    }
    return true;
  }

  /** Events keep their order: what is in batches now are the last of those encoded. */
  private boolean isDoneWith(long accepted) {
    // In this order, an event on its way from one place to the next is counted twice, not missed.
    long encoded = encoder.encoded();
    long open = encoder.openRows();
    return encoded - open - queue.rows() >= accepted;
  }

  /**
   * Stops accepting events and waits until the accepted ones are in closed batches.
   *
   * @param maxWaitNanos how long to wait at most
   * @return true when the encoder has ended
   * @throws InterruptedException when interrupted
   */
  public boolean close(long maxWaitNanos) throws InterruptedException {
    encoder.close();
    if (encoder.awaitEnd(maxWaitNanos)) {
      return true;
    }
    // Every batch is full and the database is away: what is left in the ring is given up.
    queue.close();
    return encoder.awaitEnd(TimeUnit.SECONDS.toNanos(1));
  }

  private long claimOrDrop(Level level, long excess) {
    long sequence = tryClaim(level, excess);
    return sequence >= 0 ? sequence : drop(LossCause.FULL, level);
  }

  private long claimOrShed(Level level, long excess) {
    if (!level.isAtLeast(Level.WARN)
        && !(ring.hasAvailableCapacity(shedReserve + 1) && (excess == 0 || budget.isRoomy()))) {
      return drop(LossCause.FULL, level);
    }
    long sequence = tryClaim(level, excess);
    if (sequence >= 0) {
      return sequence;
    }
    boolean worthWaiting = level.isAtLeast(Level.ERROR) && stalledAt != encoder.encoded();
    return worthWaiting ? claimOrWait(level, excess) : drop(LossCause.FULL, level);
  }

  private long claimOrWait(Level level, long excess) {
    long sequence = tryClaim(level, excess);
    if (sequence >= 0) {
      return sequence;
    }
    long start = System.nanoTime();
    long pause = FIRST_PAUSE_NANOS;
    // A pause on an interrupted thread returns at once: set aside, and restored below.
    boolean interrupted = Thread.interrupted();
    try {
      while (System.nanoTime() - start < waitNanos && !encoder.isClosed()) {
        LockSupport.parkNanos(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        interrupted |= Thread.interrupted();
        sequence = tryClaim(level, excess);
        if (sequence >= 0) {
          return sequence;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    stalledAt = encoder.encoded();
    return drop(encoder.isClosed() ? LossCause.SHUTDOWN : LossCause.TIMEOUT, level);
  }

  private long tryClaim(Level level, long excess) {
    if (!budget.tryReserve(excess)) {
      return REFUSED;
    }
    try {
      long sequence = ring.tryNext();
      ring.get(sequence).claimed(level, excess);
      return sequence;
    } catch (InsufficientCapacityException e) {
      budget.release(excess);
      return REFUSED;
    }
  }

  private long drop(LossCause cause, Level level) {
    ledger.refused(cause, level);
    return REFUSED;
  }
}
