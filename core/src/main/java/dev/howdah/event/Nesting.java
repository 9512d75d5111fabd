package dev.howdah.event;

/**
 * How deep the calling thread is in logging calls that an argument's {@code toString()} makes. Such
 * calls are events like others, until they never end. Thread-safe.
 */
public final class Nesting {

  private static final int MAX_DEPTH = 8;

  // An array, not a class of ours: a thread of a pool would keep our class loader alive with it.
  private final ThreadLocal<int[]> depth = ThreadLocal.withInitial(() -> new int[1]);

  /** Counts for threads that are in no logging call. */
  public Nesting() {}

  /**
   * Goes one deeper.
   *
   * @return the depth, from 1, to be followed by {@link #leave()}; 0 when it is too deep
   */
  public int enter() {
    int[] mine = depth.get();
    return mine[0] >= MAX_DEPTH ? 0 : ++mine[0];
  }

  /** Comes back from what {@link #enter()} let in. */
  public void leave() {
    depth.get()[0]--;
  }
}
