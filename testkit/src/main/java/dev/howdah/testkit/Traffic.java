package dev.howdah.testkit;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * What slows bytes down on all connections of a proxy: the pause, and each direction's latency and
 * bandwidth. Waiting ends early when the connection is over, once {@link #wake} was called.
 * Thread-safe.
 */
final class Traffic {

  private static final int CHUNK = 16 * 1024;

  /** Each chunk is held back by itself, so that small ones would make latency a bandwidth. */
  private static final int CHUNK_WITH_LATENCY = 256 * 1024;

  /** Slow traffic flows in small portions, this many a second, not in jumps. */
  private static final int PORTIONS_A_SECOND = 20;

  private final Map<Direction, Long> latencyNanos = new EnumMap<>(Direction.class);
  private final Map<Direction, Long> bytesPerSecond = new EnumMap<>(Direction.class);
  private boolean paused;

  Traffic() {
    for (Direction direction : Direction.values()) {
      latencyNanos.put(direction, 0L);
      bytesPerSecond.put(direction, Long.MAX_VALUE);
    }
  }

  synchronized void pause() {
    paused = true;
  }

  synchronized void resume() {
    paused = false;
    notifyAll();
  }

  synchronized void latency(Direction direction, Duration latency) {
    latencyNanos.put(direction, latency.toNanos());
  }

  synchronized void bandwidth(Direction direction, long bytesASecond) {
    bytesPerSecond.put(direction, bytesASecond);
  }

  /** To be called when a connection is over. */
  synchronized void wake() {
    notifyAll();
  }

  /** How many bytes to take at once. */
  synchronized int chunk(Direction direction) {
    long portion = bytesPerSecond.get(direction) / PORTIONS_A_SECOND;
    int largest = latencyNanos.get(direction) > 0 ? CHUNK_WITH_LATENCY : CHUNK;
    return (int) Math.max(1, Math.min(largest, portion));
  }

  synchronized void awaitNoPause(BooleanSupplier over) throws InterruptedException {
    while (paused && !over.getAsBoolean()) {
      wait();
    }
  }

  /** The time that a chunk is on its way. */
  synchronized void travel(Direction direction, BooleanSupplier over) throws InterruptedException {
    waitFor(latencyNanos.get(direction), over);
  }

  /** The time that so many bytes take up the line. */
  synchronized void occupy(Direction direction, int bytes, BooleanSupplier over)
      throws InterruptedException {
    waitFor(TimeUnit.SECONDS.toNanos(bytes) / bytesPerSecond.get(direction), over);
  }

  private void waitFor(long nanos, BooleanSupplier over) throws InterruptedException {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0 && !over.getAsBoolean(); left = end - System.nanoTime()) {
      // Rounded up: never early.
      wait(left / 1_000_000 + 1);
    }
  }
}
