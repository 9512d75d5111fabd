package dev.howdah.journal;

import dev.howdah.batch.Batch;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A first-in, first-out queue of batches, bounded in their number and so in bytes, between the
 * encoder and the writer. Batches are used again, not thrown away.
 *
 * <p>A batch is removed only after its transaction is known to be committed. When the queue is full
 * the encoder waits, the ring fills, and the overload policy decides at the logging call, where the
 * level of what is lost is known.
 */
public final class BatchQueue {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Batch> waiting = new ArrayDeque<>();
  private final ArrayDeque<Batch> free = new ArrayDeque<>();
  private final int maxBatches;
  private int made;
  private int rows;
  private long lastNumber;
  private boolean closed;

  /**
   * @param maxBatches how many batches may exist at once, the one being filled included
   */
  public BatchQueue(int maxBatches) {
    this.maxBatches = maxBatches;
  }

  /**
   * Gives an empty batch, and waits for one when all are in use.
   *
   * @return an empty batch, or null when the queue was closed while waiting
   * @throws InterruptedException when interrupted
   */
  public @Nullable Batch borrow() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (free.isEmpty() && made >= maxBatches && !closed) {
        changed.await();
      }
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

  /**
   * Queues a filled batch and gives it the next number.
   *
   * @param batch a batch with at least one row
   */
  public void add(Batch batch) {
    lock.lock();
    try {
      batch.number(++lastNumber);
      waiting.add(batch);
      rows += batch.count();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives the oldest batch and leaves it in the queue.
   *
   * @param maxWaitNanos how long to wait for one
   * @return the batch, or null when there was none
   * @throws InterruptedException when interrupted
   */
  public @Nullable Batch peek(long maxWaitNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = maxWaitNanos;
      while (waiting.isEmpty() && left > 0 && !closed) {
        left = changed.awaitNanos(left);
      }
      return waiting.peek();
    } finally {
      lock.unlock();
    }
  }

  /** Removes the oldest batch, whose fate is known, and makes it free for use. */
  public void remove() {
    lock.lock();
    try {
      Batch batch = waiting.remove();
      rows -= batch.count();
      batch.clear();
      free.add(batch);
      changed.signalAll();
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
      while (!waiting.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return waiting.isEmpty();
    } finally {
      lock.unlock();
    }
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

  /** {@return how many batches wait} */
  public int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** {@return how many rows wait} */
  public int rows() {
    lock.lock();
    try {
      return rows;
    } finally {
      lock.unlock();
    }
  }
}
