package dev.howdah.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Processes of one application; who is killed is replaced at once. Thread-safe. */
final class Crew implements AutoCloseable {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Supplier<LedVictim> recruit;
  private final List<LedVictim> victims = new ArrayList<>();
  private boolean closed;

  /**
   * Starts the processes, without waiting for them.
   *
   * @param size how many
   * @param recruit starts one
   */
  Crew(int size, Supplier<LedVictim> recruit) {
    this.recruit = recruit;
    for (int i = 0; i < size; i++) {
      victims.add(recruit.get());
    }
  }

  /** Waits until all have started. */
  void muster() {
    awaitReady(victims.size());
  }

  /** One of those that have started; while there are fewer than two, waits. */
  LedVictim any(Random random) {
    List<LedVictim> ready = awaitReady(2);
    return ready.get(random.nextInt(ready.size()));
  }

  /** Kills one; returns when it is dead, and another on its way. */
  void kill(LedVictim victim) {
    victim.kill();
    synchronized (this) {
      if (victims.remove(victim) && !closed) {
        victims.add(recruit.get());
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    victims.forEach(LedVictim::kill);
  }

  private List<LedVictim> awaitReady(int atLeast) {
    long start = System.nanoTime();
    List<LedVictim> ready = ready();
    while (ready.size() < atLeast) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IllegalStateException("only " + ready.size() + " victims have started");
      }
      LockSupport.parkNanos(LOOK_NANOS);
      ready = ready();
    }
    return ready;
  }

  private synchronized List<LedVictim> ready() {
    return victims.stream().filter(LedVictim::isReady).toList();
  }
}
