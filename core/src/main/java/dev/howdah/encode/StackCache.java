package dev.howdah.encode;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The stacks that were seen last, bounded in bytes. Not thread-safe. */
final class StackCache {

  private static final long MAX_BYTES = 8L * 1024 * 1024;
  private static final long MAX_BYTES_OF_ONE = MAX_BYTES / 16;

  private final Map<StackShape, KnownStack> stacks = new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;

  /** What is known of it; empty at first. */
  KnownStack get(StackShape shape) {
    KnownStack known = stacks.get(shape);
    if (known == null) {
      known = new KnownStack();
      StackShape kept = shape.withoutMessages();
      long more = bytes(kept);
      if (more <= MAX_BYTES_OF_ONE) {
        makeRoom(more);
        stacks.put(kept, known);
        bytes += more;
      }
    }
    return known;
  }

  private void makeRoom(long more) {
    Iterator<StackShape> eldest = stacks.keySet().iterator();
    while (bytes + more > MAX_BYTES) {
      bytes -= bytes(eldest.next());
      eldest.remove();
    }
  }

  private static long bytes(StackShape shape) {
    return shape.throwable().bytes() + KnownStack.MAX_BYTES;
  }

  /** How many there are. */
  int size() {
    return stacks.size();
  }
}
