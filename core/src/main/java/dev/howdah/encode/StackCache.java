package dev.howdah.encode;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The stacks that were seen last, bounded in frames and so in bytes. Not thread-safe. */
final class StackCache {

  /** Some 5 MB: a frame is about 48 bytes, beside names that the JVM has anyhow. */
  private static final int MAX_FRAMES = 100_000;

  private static final int MAX_FRAMES_OF_ONE = 5_000;

  private final Map<StackShape, KnownStack> stacks = new LinkedHashMap<>(64, 0.75f, true);
  private int frames;

  /** What is known of it; empty at first. */
  KnownStack get(StackShape shape) {
    KnownStack known = stacks.get(shape);
    if (known == null) {
      known = new KnownStack();
      int more = shape.frames() + 1;
      if (more <= MAX_FRAMES_OF_ONE) {
        makeRoom(more);
        stacks.put(shape, known);
        frames += more;
      }
    }
    return known;
  }

  private void makeRoom(int more) {
    Iterator<StackShape> eldest = stacks.keySet().iterator();
    while (frames + more > MAX_FRAMES) {
      frames -= eldest.next().frames() + 1;
      eldest.remove();
    }
  }
}
