package dev.howdah.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Trees of causes and suppressed ones at random, now and then one that was there before: a circle.
 */
public final class ArbitraryThrowables {

  private final Random random;
  private final List<Throwable> made = new ArrayList<>();

  private ArbitraryThrowables(Random random) {
    this.random = random;
  }

  /** The next tree. */
  public static Throwable next(Random random) {
    return new ArbitraryThrowables(random).tree(0);
  }

  private Throwable tree(int depth) {
    Throwable throwable = throwable();
    made.add(throwable);
    if (depth < 5 && random.nextBoolean()) {
      Throwable cause =
          random.nextInt(4) == 0 ? made.get(random.nextInt(made.size())) : tree(depth + 1);
      if (cause != throwable) {
        throwable.initCause(cause);
      }
    }
    for (int k = random.nextInt(3); depth < 4 && k > 0; k--) {
      throwable.addSuppressed(tree(depth + 1));
    }
    return throwable;
  }

  private Throwable throwable() {
    Throwable throwable =
        switch (random.nextInt(4)) {
          case 0 -> new IllegalStateException();
          case 1 -> new IllegalStateException("");
          case 2 -> new Exception("several lines:\n  one\ntwo, and (three)\n");
          default -> new Error("m" + made.size());
        };
    if (random.nextInt(3) == 0) {
      StackTraceElement[] frames = throwable.getStackTrace();
      frames[0] = new StackTraceElement("app", "mod", "1.0", "a.B", "c", "B.java", 1);
      throwable.setStackTrace(frames);
    }
    return throwable;
  }
}
