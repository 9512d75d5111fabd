package dev.howdah.journal;

import dev.howdah.batch.Batch;
import dev.howdah.event.ProblemReporter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * First in, first out: batches between the encoder and the writer, in memory and on disk. A batch
 * is removed only after its transaction is known to be committed.
 *
 * <table>
 * <caption>Where the batches are, oldest first</caption>
 * <tr><th>state</th><th>in hand</th><th>journal</th><th>memory</th></tr>
 * <tr><td>direct</td><td>the first</td><td>with {@code journal=always} a copy of each</td>
 * <td>all others</td></tr>
 * <tr><td>behind</td><td>the first</td><td>all others, and a copy of the first</td><td>those that
 * the disk did not take</td></tr>
 * </table>
 *
 * The queue falls behind when the writer asks for it ({@link #spill}) or when memory is full, and
 * is direct again when the journal has run empty. Memory is bounded in the number of batches and so
 * in bytes; batches are used again, not thrown away. When memory and journal are full, or there is
 * no journal, the encoder waits, the ring fills, and the overload policy decides at the logging
 * call, where the level of what is lost is known.
 *
 * <p>The encoder's thread borrows, adds and does all writing to the disk; the writer's thread takes
 * and removes. No lock that both need is held while the disk works.
 */
public final class BatchQueue {

  private static final long DISK_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long FULL_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Held while the journal is appended to: by the encoder, at the end by the thread that stops. */
  private final ReentrantLock disk = new ReentrantLock();

  private final ArrayDeque<Batch> waiting = new ArrayDeque<>();
  private final ArrayDeque<Batch> free = new ArrayDeque<>();
  private final int maxBatches;
  private final @Nullable Journal journal;
  private final boolean always;
  private final ProblemReporter problems;

  /** The writer's own, for what it reads from the journal: it never waits for a free one. */
  private final Batch readBatch = new Batch();

  private int made;
  private int memoryRows;
  private long lastNumber;
  private long done;
  private @Nullable Batch inHand;
  private @Nullable Batch beingAppended;
  private volatile boolean behind;
  private volatile boolean spillAsked;
  private boolean diskTroubled;
  private long diskTroubledAt;
  private boolean closed;

  /**
   * A queue.
   *
   * @param maxBatches how many batches may exist at once, those being filled and sent included
   * @param journal takes what memory does not; null: nothing does
   * @param always whether each batch goes to the journal before it can be sent
   * @param problems told when the journal takes nothing
   */
  public BatchQueue(
      int maxBatches, @Nullable Journal journal, boolean always, ProblemReporter problems) {
    this.maxBatches = journal == null ? maxBatches : maxBatches - 1;
    this.journal = journal;
    this.always = always && journal != null;
    this.problems = problems;
  }

  /**
   * Gives an empty batch, and waits for one when all are in use.
   *
   * @return an empty batch, or null when the queue was closed while waiting
   * @throws InterruptedException when interrupted
   */
  public @Nullable Batch borrow() throws InterruptedException {
    Batch batch = tryBorrow();
    while (batch == null && awaitRoom()) {
      batch = tryBorrow();
    }
    return batch;
  }

  private @Nullable Batch tryBorrow() {
    lock.lock();
    try {
      Batch batch = free.poll();
      if (batch == null && made < maxBatches) {
        made++;
        batch = new Batch();
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Makes room by the journal, or waits until the writer does. Returns false when closed. */
  private boolean awaitRoom() throws InterruptedException {
    spill();
    spillIfAsked();
    lock.lockInterruptibly();
    try {
      long left = FULL_PAUSE_NANOS;
      while (free.isEmpty() && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return !free.isEmpty() || !closed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Queues a filled batch and gives it the next number.
   *
   * @param batch a batch with at least one row
   */
  public void add(Batch batch) {
    disk.lock();
    try {
      number(batch);
      boolean onDisk = isJournaling() && appendWaiting() && append(batch);
      lock.lock();
      try {
        waiting.add(batch);
        memoryRows += onDisk ? 0 : batch.count();
        if (onDisk) {
          letGoWhatIsOnDisk();
        }
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    } finally {
      disk.unlock();
    }
  }

  private void number(Batch batch) {
    lock.lock();
    try {
      batch.number(++lastNumber);
    } finally {
      lock.unlock();
    }
  }

  /** Asks that all batches go to the journal, since the database takes none; any thread may. */
  public void spill() {
    spillAsked = journal != null;
  }

  /** To be called often by the encoder's thread: does what {@link #spill} asked for. */
  public void spillIfAsked() {
    if (!spillAsked) {
      return;
    }
    disk.lock();
    try {
      if (appendWaiting()) {
        lock.lock();
        try {
          letGoWhatIsOnDisk();
          changed.signalAll();
        } finally {
          lock.unlock();
        }
      }
    } finally {
      disk.unlock();
    }
  }

  /** Whether batches go to the journal: each is then to be understood without those before it. */
  public boolean isJournaling() {
    return always || behind || spillAsked;
  }

  /** When all waiting batches are on disk: the queue is behind from here on, or stays so. */
  private void letGoWhatIsOnDisk() {
    if (spillAsked || behind) {
      spillAsked = false;
      behind = true;
      while (!waiting.isEmpty() && waiting.element().isJournaled()) {
        recycle(waiting.remove());
      }
    }
  }

  /** Appends, in order, all batches that the journal does not have. Returns whether it has all. */
  private boolean appendWaiting() {
    for (Batch next = notOnDisk(); next != null; next = notOnDisk()) {
      if (!append(next)) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Batch notOnDisk() {
    lock.lock();
    try {
      if (inHand != null && !inHand.isJournaled()) {
        return inHand;
      }
      for (Batch batch : waiting) {
        if (!batch.isJournaled()) {
          return batch;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private boolean append(Batch batch) {
    Journal to = journal;
    if (to == null || !begin(batch)) {
      return false;
    }
    boolean appended = false;
    try {
      to.append(batch, behind);
      appended = true;
      diskTroubled = false;
    } catch (IOException | RuntimeException | Error e) {
      // Whatever it is, memory that has run out included, must not end the only encoder.
      diskTroubled = true;
      diskTroubledAt = System.nanoTime();
      problems.problem(
          "the journal takes nothing, so events wait in memory only: setting 'directory' must be a"
              + " folder with room that can be written to ("
              + e.getMessage()
              + ")",
          e);
    } finally {
      end(batch, appended);
    }
    return appended;
  }

  /** Keeps the writer from using the batch again meanwhile. */
  private boolean begin(Batch batch) {
    if (diskTroubled && System.nanoTime() - diskTroubledAt < DISK_PAUSE_NANOS) {
      return false;
    }
    lock.lock();
    try {
      beingAppended = batch;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void end(Batch batch, boolean appended) {
    lock.lock();
    try {
      beingAppended = null;
      if (appended) {
        batch.journaled();
        // One that is just being added is not counted yet.
        memoryRows -= batch == inHand || waiting.contains(batch) ? batch.count() : 0;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives the oldest batch, and the same until it is removed.
   *
   * @param maxWaitNanos how long to wait for one
   * @return the batch, or null when there was none
   * @throws IOException when the journal can't be read; to be tried again
   * @throws InterruptedException when interrupted
   */
  public @Nullable Batch peek(long maxWaitNanos) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = maxWaitNanos;
      while (inHand == null && !take() && left > 0 && !closed) {
        left = changed.awaitNanos(left);
      }
      return inHand;
    } finally {
      lock.unlock();
    }
  }

  /** Takes the oldest batch in hand. Called, and left, with the lock held. */
  private boolean take() throws IOException {
    while (behind && inHand == null) {
      if (read()) {
        inHand = readBatch;
      } else {
        behind = false;
        changed.signalAll();
      }
    }
    while (inHand == null && !waiting.isEmpty()) {
      Batch oldest = waiting.remove();
      if (oldest.number() > done) {
        inHand = oldest;
      } else {
        recycle(oldest);
      }
    }
    return inHand != null;
  }

  /** Reads from the journal, without the lock. */
  private boolean read() throws IOException {
    Journal from = journal;
    long after = done;
    lock.unlock();
    try {
      readBatch.clear();
      boolean found = from != null && from.next(readBatch, after);
      if (found) {
        readBatch.journaled();
      } else if (from != null && !always) {
        from.drained(after);
      }
      return found;
    } finally {
      lock.lock();
    }
  }

  /** Removes the batch in hand, whose fate is known, and makes it free for use. */
  public void remove() {
    Batch batch = takeOut();
    if (journal != null && batch.isJournaled()) {
      journal.confirm(batch);
    }
    lock.lock();
    try {
      recycle(batch);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (journal != null && !behind && !always) {
      journal.drained(done);
    }
  }

  private Batch takeOut() {
    lock.lock();
    try {
      Batch batch = inHand;
      if (batch == null) {
        throw new IllegalStateException("no batch is in hand");
      }
      while (beingAppended == batch) {
        changed.awaitUninterruptibly();
      }
      done = batch.number();
      inHand = null;
      memoryRows -= batch.isJournaled() ? 0 : batch.count();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private void recycle(Batch batch) {
    batch.clear();
    if (batch != readBatch) {
      free.add(batch);
    }
  }

  /**
   * Goes back, since the database has lost batches that it had acknowledged: those that the journal
   * still has come again, in their order, before all others.
   *
   * @param to number of the last batch that the database has
   * @return number of rows that will be sent again
   */
  public long rewind(long to) {
    lock.lock();
    try {
      Batch batch = inHand;
      while (batch != null && beingAppended == batch) {
        changed.awaitUninterruptibly();
      }
      inHand = null;
      if (batch != null && batch.isJournaled()) {
        recycle(batch);
      } else if (batch != null) {
        waiting.addFirst(batch);
      }
      for (Iterator<Batch> all = waiting.iterator(); all.hasNext(); ) {
        Batch copy = all.next();
        if (copy.isJournaled()) {
          all.remove();
          recycle(copy);
        }
      }
      long again = journal == null ? 0 : journal.rewind(to, done);
      done = to;
      behind = journal != null;
      return again;
    } finally {
      lock.unlock();
    }
  }

  /** {@return number of the last batch that is known to be committed} */
  public long done() {
    lock.lock();
    try {
      return done;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until everything queued is written.
   *
   * @param maxWaitNanos how long to wait at most
   * @return true when the queue is empty
   * @throws InterruptedException when interrupted
   */
  public boolean awaitEmpty(long maxWaitNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = maxWaitNanos;
      while (!isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private boolean isEmpty() {
    return inHand == null && waiting.isEmpty() && !behind;
  }

  /** Ends all waiting; batches that are queued stay readable. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * At the very end, when encoder and writer have ended: what is left goes to the journal.
   *
   * @param maxWaitNanos how long to wait for a disk that is stuck
   * @throws InterruptedException when interrupted
   */
  public void keepTheRest(long maxWaitNanos) throws InterruptedException {
    if (journal != null && disk.tryLock(maxWaitNanos, TimeUnit.NANOSECONDS)) {
      try {
        diskTroubled = false;
        appendWaiting();
      } finally {
        disk.unlock();
      }
    }
  }

  /**
   * At the very end: gives, one after the other, the batches that are nowhere but in memory.
   *
   * @return a batch that will not be written, or null
   */
  public @Nullable Batch giveUp() {
    lock.lock();
    try {
      for (Batch batch = forget(); batch != null; batch = forget()) {
        if (!batch.isJournaled()) {
          memoryRows -= batch.count();
          return batch;
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Batch forget() {
    Batch batch = inHand;
    inHand = null;
    return batch == null ? waiting.poll() : batch;
  }

  /** Gives the journal's folder free, for a later start to adopt. */
  public void closeJournal() {
    if (journal != null) {
      journal.close();
    }
  }

  /** {@return whether nothing waits to be sent} */
  public boolean isIdle() {
    lock.lock();
    try {
      return isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** {@return how many rows wait, in memory and on disk} */
  public long rows() {
    return memoryRows() + journaledRows();
  }

  /** {@return how many rows wait in memory only} */
  public long memoryRows() {
    lock.lock();
    try {
      return memoryRows;
    } finally {
      lock.unlock();
    }
  }

  /** {@return how many rows wait on disk} */
  public long journaledRows() {
    return journal == null ? 0 : journal.rows();
  }
}
