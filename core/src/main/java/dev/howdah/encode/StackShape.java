package dev.howdah.encode;

import dev.howdah.event.ThrowableInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What throwables of one bug have in common: classes, frames and SQLStates of the whole chain,
 * without the messages. Equal for throwables that differ in nothing else.
 *
 * @param throwable one of them
 * @param hash of the shape
 */
record StackShape(ThrowableInfo throwable, int hash) {

  static StackShape of(ThrowableInfo throwable) {
    return new StackShape(throwable, hash(throwable));
  }

  /** The same, without keeping the messages alive. */
  StackShape withoutMessages() {
    return new StackShape(withoutMessages(throwable), hash);
  }

  private static ThrowableInfo withoutMessages(ThrowableInfo throwable) {
    return new ThrowableInfo(
        "",
        throwable.className(),
        throwable.sqlState(),
        throwable.frames(),
        throwable.cause() == null ? null : withoutMessages(throwable.cause()),
        throwable.suppressed().stream().map(StackShape::withoutMessages).toList(),
        throwable.repeated());
  }

  /** The messages of the chain, which with the shape make the text. */
  String descriptions() {
    if (throwable.cause() == null && throwable.suppressed().isEmpty()) {
      return throwable.description();
    }
    StringBuilder all = new StringBuilder();
    addDescriptions(throwable, all);
    return all.toString();
  }

  private static void addDescriptions(ThrowableInfo throwable, StringBuilder to) {
    to.append(throwable.description()).append('\0');
    throwable.suppressed().forEach(other -> addDescriptions(other, to));
    if (throwable.cause() != null) {
      addDescriptions(throwable.cause(), to);
    }
  }

  private static int hash(@Nullable ThrowableInfo throwable) {
    if (throwable == null) {
      return 0;
    }
    int hash = throwable.className().hashCode();
    hash = 31 * hash + Objects.hashCode(throwable.sqlState());
    hash = 31 * hash + Arrays.hashCode(throwable.frames());
    for (ThrowableInfo other : throwable.suppressed()) {
      hash = 31 * hash + hash(other);
    }
    return 31 * hash + hash(throwable.cause());
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof StackShape other
        && hash == other.hash
        && isSame(throwable, other.throwable);
  }

  private static boolean isSame(@Nullable ThrowableInfo a, @Nullable ThrowableInfo b) {
    if (a == null || b == null) {
      return a == null && b == null;
    }
    return a.className().equals(b.className())
        && a.repeated() == b.repeated()
        && Objects.equals(a.sqlState(), b.sqlState())
        && Arrays.equals(a.frames(), b.frames())
        && isSame(a.suppressed(), b.suppressed())
        && isSame(a.cause(), b.cause());
  }

  private static boolean isSame(List<ThrowableInfo> a, List<ThrowableInfo> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!isSame(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }
}
