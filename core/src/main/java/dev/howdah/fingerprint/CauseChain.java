package dev.howdah.fingerprint;

import dev.howdah.event.ThrowableInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A throwable and its causes, outermost first; a circle ends where it closes. */
final class CauseChain {

  private static final String OVERFLOW = "java.lang.StackOverflowError";

  private final List<ThrowableInfo> throwables = new ArrayList<>();

  CauseChain(ThrowableInfo outermost) {
    throwables.add(outermost);
    ThrowableInfo cause = outermost.cause();
    while (cause != null && !cause.repeated()) {
      throwables.add(cause);
      cause = cause.cause();
    }
  }

  List<ThrowableInfo> throwables() {
    return throwables;
  }

  List<ThrowableInfo> rootFirst() {
    List<ThrowableInfo> reversed = new ArrayList<>(throwables);
    Collections.reverse(reversed);
    return reversed;
  }

  ThrowableInfo root() {
    return throwables.get(throwables.size() - 1);
  }

  /**
   * How many frames of a throwable are its own: those at its end that the one around it has too are
   * counted there, as in Java's text ({@code ... 12 more}).
   */
  int ownFrames(int index) {
    StackTraceElement[] mine = throwables.get(index).frames();
    if (index == 0) {
      return mine.length;
    }
    StackTraceElement[] around = throwables.get(index - 1).frames();
    int shared = 0;
    while (shared < Math.min(mine.length, around.length)
        && mine[mine.length - 1 - shared].equals(around[around.length - 1 - shared])) {
      shared++;
    }
    return mine.length - shared;
  }

  /** Whether the stack ran out, so that where it did says nothing. */
  boolean isStackOverflow() {
    return root().className().equals(OVERFLOW);
  }

  /** The types that count, outermost first: without wrappers, SQLExceptions by their SQLState. */
  List<String> types(FrameNormalizer normalizer) {
    List<String> types = new ArrayList<>();
    for (ThrowableInfo throwable : throwables) {
      String type = type(throwable, normalizer);
      boolean again = !types.isEmpty() && types.get(types.size() - 1).equals(type);
      if (!again && !Wrappers.seesThrough(throwable)) {
        types.add(type);
      }
    }
    return types;
  }

  private static String type(ThrowableInfo throwable, FrameNormalizer normalizer) {
    SqlFault fault = SqlFault.of(throwable);
    return fault == null ? normalizer.normalizeType(throwable.className()) : fault.text();
  }

  /** The innermost message that says something; null when none does. */
  @Nullable String message() {
    for (ThrowableInfo throwable : rootFirst()) {
      String message = message(throwable);
      if (!message.isBlank()) {
        return message;
      }
    }
    return null;
  }

  /** What a throwable says beside its type. */
  static String message(ThrowableInfo throwable) {
    String description = throwable.description();
    String className = throwable.className();
    if (!description.startsWith(className)) {
      return description;
    }
    String rest = description.substring(className.length());
    return (rest.startsWith(":") ? rest.substring(1) : rest).strip();
  }
}
