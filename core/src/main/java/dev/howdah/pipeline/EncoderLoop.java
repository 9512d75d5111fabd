package dev.howdah.pipeline;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import dev.howdah.batch.Ledger;
import dev.howdah.event.HowdahThreads;
import dev.howdah.event.LogEventSlot;
import dev.howdah.event.LossCause;
import dev.howdah.event.ProblemReporter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The ring's one consumer: a thread that hands each event to the batcher, and sees to it that
 * batches close in time and that losses are told of.
 *
 * <p>It looks for events by itself: without a pause while it is busy, every 200 µs for some
 * milliseconds after; then it is idle, looks every 50 ms or twice in a flush interval, and is woken
 * by a thread that finds the ring filling or the program ending, since a wake-up costs that thread
 * more than all the rest of its call. The age of a batch counts from the last look. After it has
 * ended, what is published late is counted as lost, by itself or by the thread that publishes: no
 * event is in nobody's hands.
 */
final class EncoderLoop {

  private static final long SHORT_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
  private static final long LONG_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int SHORT_PAUSES = 50;
  private static final long LATE_PUBLISHER_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** After so many events producers get their places back; a power of two. */
  private static final int GIVEN_BACK = 64;

  /** Events of a round, which starts with a look at each place that is filled; a power of two. */
  private static final int ROUND = 1024;

  private final RingBuffer<RingSlot> ring;
  private final EventPoller<RingSlot> poller;
  private final SlotBudget budget;
  private final Batcher batcher;
  private final Ledger ledger;
  private final ProblemReporter problems;
  private final LossReport lossReport;

  /** Where events that are one object are unpacked, one after the other. */
  private final LogEventSlot room;

  private final EventPoller.Handler<RingSlot> handler = this::encode;
  private final Thread thread = HowdahThreads.create("encoder", this::encodeUntilClosed);
  private final long longPauseNanos;

  /** With so many events waiting, an idle encoder is woken. */
  private final long enoughToWake;

  private volatile boolean closed;

  /** No row of the first so many events waits in an open batch while the ring is empty. */
  private volatile long flushUpTo;

  /** The thread sleeps, or has ended: whoever publishes may have to see to the event. */
  private volatile boolean idle;

  private volatile boolean ended;

  // Written at each event: apart from the flags, which each thread that logs reads at each event.
  private final Sequence encoded = new Sequence(0);
  private final Sequence openRows = new Sequence(0);

  EncoderLoop(
      RingBuffer<RingSlot> ring,
      SlotBudget budget,
      Batcher batcher,
      Ledger ledger,
      ProblemReporter problems,
      long flushMillis) {
    this.ring = ring;
    this.budget = budget;
    this.batcher = batcher;
    this.ledger = ledger;
    this.problems = problems;
    lossReport = new LossReport(ledger, problems);
    room = new LogEventSlot(budget.keptChars());
    longPauseNanos = Math.min(LONG_PAUSE_NANOS, TimeUnit.MILLISECONDS.toNanos(flushMillis) / 2);
    enoughToWake = Math.max(1, ring.getBufferSize() / 16);
    poller = ring.newPoller();
    ring.addGatingSequences(poller.getSequence());
  }

  void start() {
    thread.start();
  }

  /**
   * To be called after each publication.
   *
   * @param large whether few events like this one would fill the memory allowed
   */
  void published(long sequence, boolean large) {
    if (idle && (large || ended || isUrgent(sequence))) {
      wake();
    }
  }

  /** The program may be about to end, or the ring fills. */
  private boolean isUrgent(long sequence) {
    return sequence < flushUpTo || sequence + 1 - encoded.get() >= enoughToWake;
  }

  /** Leaves no row of the first so many events in an open batch while the ring is empty. */
  synchronized void flushUpTo(long events) {
    flushUpTo = Math.max(flushUpTo, events);
    LockSupport.unpark(thread);
  }

  /** Encodes what is in the ring, closes the last batch and ends. */
  void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  boolean isClosed() {
    return closed;
  }

  /** Returns whether the thread has ended, after waiting for that as long as told. */
  boolean awaitEnd(long maxWaitNanos) throws InterruptedException {
    thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(maxWaitNanos)));
    return !thread.isAlive();
  }

  /** How many events of the ring are done with. */
  long encoded() {
    return encoded.get();
  }

  /** Rows of the batch that is being filled. */
  long openRows() {
    return openRows.get();
  }

  /** Rows of our own, which never were in the ring. */
  long reports() {
    return lossReport.rows();
  }

  private void encodeUntilClosed() {
    try {
      encodeAll();
      reportLosses();
      batcher.close();
      openRows.set(0);
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
      batcher.closeIfDue(!busy && encoded.get() - batcher.rows() < flushUpTo);
      openRows.set(batcher.rows());
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

  /** Called for each event; false ends the round. */
  private boolean encode(RingSlot place, long sequence, boolean endOfBatch)
      throws InterruptedException {
    LogEventSlot event = place.take(room);
    try {
      if (event.isFilled()) {
        batcher.add(event);
      } else {
        ledger.lost(LossCause.FAILED, place.level(), 1);
      }
    } finally {
      openRows.set(batcher.rows());
      done(place, event, sequence);
    }
    long next = sequence + 1;
    if ((next & (GIVEN_BACK - 1)) == 0) {
      poller.getSequence().set(sequence);
    }
    return (next & (ROUND - 1)) != 0;
  }

  private void done(RingSlot place, LogEventSlot event, long sequence) {
    budget.release(place.reservedBytes());
    event.clear();
    encoded.set(sequence + 1);
  }

  private void pause(int pauses) {
    long start = System.nanoTime();
    if (pauses < SHORT_PAUSES) {
      LockSupport.parkNanos(SHORT_PAUSE_NANOS);
    } else {
      idle = true;
      // The flag is up before this look: what was claimed earlier is seen now, the rest in time.
      boolean nothingClaimed = ring.getCursor() + 1 == encoded.get() && !closed;
      LockSupport.parkNanos(nothingClaimed ? longPauseNanos : SHORT_PAUSE_NANOS);
      idle = false;
    }
    batcher.pausedSince(start);
  }

  private void wake() {
    if (ended) {
      giveUpTheRest();
    } else {
      idle = false;
      LockSupport.unpark(thread);
    }
  }

  /**
   * Events of threads that found the ring open just before it closed. Those claimed by now are
   * waited for; a thread that is later still finds {@link #ended} set and counts its own.
   */
  private void awaitLatePublishers() {
    long start = System.nanoTime();
    giveUpTheRest();
    while (ring.getCursor() + 1 != encoded.get()
        && System.nanoTime() - start < LATE_PUBLISHER_NANOS) {
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

  private boolean giveUp(RingSlot place, long sequence, boolean endOfBatch) {
    ledger.lost(LossCause.SHUTDOWN, place.level(), 1);
    done(place, place.take(room), sequence);
    return true;
  }

  private void reportLosses() throws InterruptedException {
    if (lossReport.isDue(closed)) {
      // It waits before it is logged: whoever counts in that order does not miss it.
      openRows.set(batcher.rows() + 1);
      LogEventSlot report = lossReport.next();
      batcher.add(report);
      report.clear();
      openRows.set(batcher.rows());
    }
  }
}
