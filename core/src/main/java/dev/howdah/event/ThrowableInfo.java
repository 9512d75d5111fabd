package dev.howdah.event;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a throwable, taken on the thread that logged it, so that nothing the application
 * does to the throwable later changes what is stored.
 *
 * <p>A throwable whose own methods fail costs that one text, never the event. Causes that form a
 * circle end in a mark, as in Java's own text; so does what follows after {@value #MAX_NODES}
 * throwables.
 *
 * @param description what {@code toString()} said: class name and message
 * @param className binary name of the throwable's class
 * @param sqlState the SQLState of a {@link SQLException}; null where there is none
 * @param frames the stack, innermost first; not to be modified
 * @param cause the cause, or null
 * @param suppressed the suppressed throwables, in their order
 * @param repeated true when this throwable was seen before in the chain and is only named here
 */
public record ThrowableInfo(
    String description,
    String className,
    @Nullable String sqlState,
    @SuppressWarnings("ArrayRecordComponent") StackTraceElement[] frames,
    @Nullable ThrowableInfo cause,
    List<ThrowableInfo> suppressed,
    boolean repeated) {

  private static final int MAX_NODES = 256;
  private static final int MAX_SQL_STATE = 16;
  private static final int FRAME_BYTES = 48;
  private static final String CUT = " … [cut: more than " + MAX_NODES + " throwables]";
  private static final StackTraceElement[] NO_FRAMES = {};

  /**
   * Takes the snapshot.
   *
   * @param throwable the throwable that was logged
   * @param maxLength the most characters of a description that are kept alive
   * @return its snapshot; never fails
   */
  public static ThrowableInfo of(Throwable throwable, int maxLength) {
    return of(throwable, maxLength, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static ThrowableInfo of(Throwable throwable, int maxLength, Set<Throwable> seen) {
    String className = throwable.getClass().getName();
    String description = ContextValue.limited(description(throwable, className), maxLength);
    if (seen.contains(throwable)) {
      return new ThrowableInfo(description, className, null, NO_FRAMES, null, List.of(), true);
    }
    if (seen.size() >= MAX_NODES) {
      return new ThrowableInfo(
          description + CUT, className, null, NO_FRAMES, null, List.of(), false);
    }
    seen.add(throwable);
    List<ThrowableInfo> suppressed = List.of();
    StackTraceElement[] frames = NO_FRAMES;
    ThrowableInfo cause = null;
    try {
      frames = throwable.getStackTrace();
      Throwable[] others = throwable.getSuppressed();
      if (others.length > 0) {
        suppressed = new ArrayList<>(others.length);
        for (Throwable other : others) {
          suppressed.add(of(other, maxLength, seen));
        }
      }
      Throwable itsCause = throwable.getCause();
      cause = itsCause == null ? null : of(itsCause, maxLength, seen);
    } catch (Throwable e) {
      // An overridden getter of the application's failed: what was read until then is kept.
      ContextValue.rethrowIfFatal(e);
      frames = frames == null ? NO_FRAMES : frames;
    }
    return new ThrowableInfo(
        description,
        className,
        sqlState(throwable),
        frames,
        cause,
        Collections.unmodifiableList(suppressed),
        false);
  }

  private static String description(Throwable throwable, String className) {
    try {
      return String.valueOf(throwable.toString());
    } catch (Throwable e) {
      ContextValue.rethrowIfFatal(e);
      return className + ": [toString() failed: " + e.getClass().getName() + "]";
    }
  }

  private static @Nullable String sqlState(Throwable throwable) {
    if (!(throwable instanceof SQLException sql)) {
      return null;
    }
    try {
      String state = sql.getSQLState();
      return state == null ? null : ContextValue.limited(state, MAX_SQL_STATE);
    } catch (Throwable e) {
      ContextValue.rethrowIfFatal(e);
      return null;
    }
  }

  /** {@return about how many bytes of memory the snapshot keeps alive, causes included} */
  public long bytes() {
    long bytes = (long) FRAME_BYTES * frames.length + 2L * description.length();
    for (ThrowableInfo other : suppressed) {
      bytes += other.bytes();
    }
    return cause == null ? bytes : bytes + cause.bytes();
  }

  /**
   * Appends Java's usual text, that of {@link Throwable#printStackTrace()}, with lines ended by
   * {@code \n} on every platform.
   *
   * @param out where to append
   * @param maxLength stop soon after so many characters were appended
   */
  public void appendTo(StringBuilder out, int maxLength) {
    append(out, maxLength, NO_FRAMES, "", "");
  }

  private void append(
      StringBuilder out, int maxLength, StackTraceElement[] enclosing, String caption, String in) {
    if (out.length() > maxLength) {
      return;
    }
    if (repeated) {
      out.append(in).append(caption).append("[CIRCULAR REFERENCE: ").append(description);
      out.append("]\n");
      return;
    }
    int inCommon = framesInCommon(enclosing);
    out.append(in).append(caption).append(description).append('\n');
    for (int i = 0; i < frames.length - inCommon && out.length() <= maxLength; i++) {
      out.append(in).append("\tat ").append(frames[i]).append('\n');
    }
    if (inCommon > 0) {
      out.append(in).append("\t... ").append(inCommon).append(" more\n");
    }
    for (ThrowableInfo other : suppressed) {
      other.append(out, maxLength, frames, "Suppressed: ", in + "\t");
    }
    if (cause != null) {
      cause.append(out, maxLength, frames, "Caused by: ", in);
    }
  }

  private int framesInCommon(StackTraceElement[] enclosing) {
    int mine = frames.length - 1;
    int theirs = enclosing.length - 1;
    while (mine >= 0 && theirs >= 0 && frames[mine].equals(enclosing[theirs])) {
      mine--;
      theirs--;
    }
    return frames.length - 1 - mine;
  }
}
