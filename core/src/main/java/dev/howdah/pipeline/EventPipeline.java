package dev.howdah.pipeline;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import dev.howdah.batch.Ledger;
import dev.howdah.encode.RowEncoder;
import dev.howdah.event.HowdahThreads;
import dev.howdah.event.Level;
import dev.howdah.event.LogEventSlot;
import dev.howdah.event.LossCause;
import dev.howdah.event.ProblemReporter;
import dev.howdah.journal.BatchQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The ring between the application's threads and the encoder's.
 *
 * <p>An appender claims a slot, fills it and publishes it. Claiming takes no lock and does no I/O;
 * what happens when there is no room is the {@link OverloadPolicy}'s choice, and every loss is
 * counted. One thread encodes: events of one logging thread keep their order.
 *
 * <p>A published event wakes the encoder only when it has been idle for a while; a busy or recently
 * busy encoder looks by itself, so that a logging call seldom pays for a wake-up.
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

  private static final long SHORT_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
  private static final long LONG_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int SHORT_PAUSES = 50;
  private static final long PRODUCER_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
  private static final long LATE_PUBLISHER_NANOS = TimeUnit.SECONDS.toNanos(1);

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
  private final RingBuffer<LogEventSlot> ring;
  private final EventPoller<LogEventSlot> poller;
  private final SlotBudget budget;
  private final BatchQueue queue;
  private final Ledger ledger;
  private final ProblemReporter problems;
  private final Batcher batcher;
  private final LossReport lossReport;
  private final EventPoller.Handler<LogEventSlot> handler = this::encode;
  private final Thread encoderThread;
  private final long waitNanos;
  private final int shedReserve;
  private volatile boolean closed;

  /** The encoder sleeps, or has ended: whoever publishes must see to the event. */
  private volatile boolean idle;

  private volatile boolean ended;
  private volatile long encoded;
  private volatile int openRows;

  /** Set when a wait was in vain; until events move again nobody else waits in vain. */
  private volatile long stalledAt = -1;

  /**
   * @param options how it is set up
   * @param encoder turns slots into rows
   * @param queue where closed batches go
   * @param ledger counts the losses
   * @param problems told of what goes wrong
   */
  public EventPipeline(
      Options options,
      RowEncoder encoder,
      BatchQueue queue,
      Ledger ledger,
      ProblemReporter problems) {
    this.options = options;
    this.queue = queue;
    this.ledger = ledger;
    this.problems = problems;
    ring =
        RingBuffer.createMultiProducer(
            LogEventSlot::new, options.ringSize(), new BusySpinWaitStrategy());
    poller = ring.newPoller();
    ring.addGatingSequences(poller.getSequence());
    budget = new SlotBudget(options.maxRingBytes(), options.ringSize());
    batcher =
        new Batcher(encoder, queue, ledger, problems, options.batchBytes(), options.flushMillis());
    lossReport = new LossReport(ledger, problems);
    waitNanos = TimeUnit.MILLISECONDS.toNanos(options.timeoutMillis());
    shedReserve = Math.max(1, options.ringSize() / 5);
    encoderThread = HowdahThreads.create("encoder", this::encodeUntilClosed);
  }

  /** Starts the encoder's thread. */
  public void start() {
    encoderThread.start();
  }

  /**
   * Claims a slot. The caller must publish it, come what may.
   *
   * @param level the event's level
   * @param bytes about how many bytes of memory the event will keep alive
   * @return the slot's sequence, or {@link #REFUSED} when the event was dropped
   */
  public long claim(Level level, long bytes) {
    if (closed) {
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
   * Gives the slot that was claimed.
   *
   * @param sequence what {@link #claim} gave
   * @return the slot to fill
   */
  public LogEventSlot slot(long sequence) {
    return ring.get(sequence);
  }

  /**
   * Hands a slot to the encoder.
   *
   * @param sequence what {@link #claim} gave
   */
  public void publish(long sequence) {
    ring.publish(sequence);
    if (idle) {
      wake();
    }
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
    long accepted = ring.getCursor() + 1;
    long pending = accepted - encoded + openRows + queue.rows();
    return new PipelineStats(
        accepted + lossReport.rows() + ledger.refused(),
        ledger.written(),
        ledger.dropped(),
        ledger.rejected(),
        pending,
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

  /**
   * Stops accepting events and waits until the accepted ones are in closed batches.
   *
   * @param maxWaitNanos how long to wait at most
   * @return true when the encoder has ended
   * @throws InterruptedException when interrupted
   */
  public boolean close(long maxWaitNanos) throws InterruptedException {
    closed = true;
    LockSupport.unpark(encoderThread);
    encoderThread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(maxWaitNanos)));
    if (encoderThread.isAlive()) {
      // Every batch is full and the database is away: what is left in the ring is given up.
      queue.close();
      encoderThread.join(TimeUnit.SECONDS.toMillis(1));
    }
    return !encoderThread.isAlive();
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
    boolean worthWaiting = level.isAtLeast(Level.ERROR) && stalledAt != encoded;
    return worthWaiting ? claimOrWait(level, excess) : drop(LossCause.FULL, level);
  }

  private long claimOrWait(Level level, long excess) {
    long sequence = tryClaim(level, excess);
    if (sequence >= 0) {
      return sequence;
    }
    long start = System.nanoTime();
    // A pause on an interrupted thread returns at once: set aside, and restored below.
    boolean interrupted = Thread.interrupted();
    try {
      while (System.nanoTime() - start < waitNanos && !closed) {
        LockSupport.parkNanos(PRODUCER_PAUSE_NANOS);
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
    stalledAt = encoded;
    return drop(closed ? LossCause.SHUTDOWN : LossCause.TIMEOUT, level);
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

  private void encodeUntilClosed() {
    try {
      encodeAll();
      reportLosses();
      batcher.close();
      openRows = 0;
    } catch (Exception e) {
      // Only an interrupt gets here: the batcher handles every other exception by itself.
      problems.problem("the encoder was interrupted; nothing more is written", e);
    } finally {
      closed = true;
      ended = true;
      idle = true;
      awaitLatePublishers();
    }
  }

  private void encodeAll() throws Exception {
    int pauses = 0;
    while (true) {
      boolean last = closed;
      boolean busy = poller.poll(handler) == EventPoller.PollState.PROCESSING;
      batcher.closeIfDue();
      openRows = batcher.rows();
      if (busy) {
        pauses = 0;
        continue;
      }
      reportLosses();
      if (last) {
        return;
      }
      pause(++pauses);
    }
  }

  /** Called for each event; false ends the round, which lets producers have the slots. */
  private boolean encode(LogEventSlot slot, long sequence, boolean endOfBatch)
      throws InterruptedException {
    try {
      if (slot.isFilled()) {
        batcher.add(slot);
      } else {
        ledger.lost(LossCause.FAILED, slot.level(), 1);
      }
    } finally {
      openRows = batcher.rows();
      done(slot, sequence);
    }
    return (sequence & 63) != 63;
  }

  private void done(LogEventSlot slot, long sequence) {
    budget.release(slot.reservedBytes());
    slot.clear();
    encoded = sequence + 1;
  }

  private void pause(int pauses) {
    if (pauses < SHORT_PAUSES) {
      LockSupport.parkNanos(SHORT_PAUSE_NANOS);
      return;
    }
    idle = true;
    // The flag is up before this look: whoever claimed earlier is seen, whoever later wakes us.
    boolean nothingClaimed = ring.getCursor() + 1 == encoded && !closed;
    LockSupport.parkNanos(
        nothingClaimed
            ? Math.min(LONG_PAUSE_NANOS, options.flushMillis() * 500_000)
            : SHORT_PAUSE_NANOS);
    idle = false;
  }

  private void wake() {
    if (ended) {
      giveUpTheRest();
    } else {
      idle = false;
      LockSupport.unpark(encoderThread);
    }
  }

  /**
   * Events of threads that found the ring open just before it closed. Those claimed by now are
   * waited for; a thread that is later still finds {@link #ended} set and counts its own.
   */
  private void awaitLatePublishers() {
    long start = System.nanoTime();
    giveUpTheRest();
    while (ring.getCursor() + 1 != encoded && System.nanoTime() - start < LATE_PUBLISHER_NANOS) {
      LockSupport.parkNanos(SHORT_PAUSE_NANOS);
      giveUpTheRest();
    }
  }

  /** Counts what is in the ring as lost. Not before the encoder has ended. */
  private synchronized void giveUpTheRest() {
    try {
      while (poller.poll(this::giveUp) == EventPoller.PollState.PROCESSING) {
        // Until the ring is empty.
      }
    } catch (Exception e) {
      throw new AssertionError("giveUp() throws nothing", e);
    }
  }

  private boolean giveUp(LogEventSlot slot, long sequence, boolean endOfBatch) {
    ledger.lost(LossCause.SHUTDOWN, slot.level(), 1);
    done(slot, sequence);
    return true;
  }

  private void reportLosses() throws InterruptedException {
    LogEventSlot report = lossReport.due(closed);
    if (report != null) {
      batcher.add(report);
      report.clear();
      openRows = batcher.rows();
    }
  }
}
