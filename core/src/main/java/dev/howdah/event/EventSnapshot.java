package dev.howdah.event;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as one object that never changes, for appenders of frameworks that make objects for each
 * event anyway.
 *
 * <p>A slot of the ring is old and an event is young: for each reference from one to the other that
 * a thread writes, G1 has it wait for its own writes to reach the memory and note the place. So it
 * costs a thread less to make one object of all that it knows, and to write one reference.
 *
 * @param loggedAtMicros microseconds since 1970-01-01T00:00Z
 * @param logger name of the logger
 * @param thread name of the thread that logged
 * @param message the formatted message; null where there is none, or the arguments are given
 * @param template the message before its arguments were put in; null when it had none
 * @param arguments what the encoder is to put into the template, values of which {@link
 *     Placeholders#length} is known; null when the message is formatted
 * @param contextMap the MDC, a map that nobody changes any more
 * @param entries keys, which are Strings, and values that {@link ContextValue#snapshot} gave, by
 *     turns
 * @param markers names of the markers
 * @param throwable the throwable, or null
 * @param caller the place in the source that logged, or null
 */
public record EventSnapshot(
    long loggedAtMicros,
    String logger,
    String thread,
    @Nullable String message,
    @Nullable String template,
    @SuppressWarnings("ArrayRecordComponent") @Nullable Object @Nullable [] arguments,
    Map<String, String> contextMap,
    @SuppressWarnings("ArrayRecordComponent") @Nullable Object[] entries,
    List<String> markers,
    @Nullable ThrowableInfo throwable,
    @Nullable StackTraceElement caller) {

  /** {@return about how many bytes of memory the event keeps alive} */
  public long bytes() {
    long bytes = ContextValue.textBytes(message);
    if (arguments != null) {
      for (Object argument : arguments) {
        bytes += ContextValue.bytes(null, argument);
      }
    }
    for (int i = 0; i < entries.length; i += 2) {
      bytes += ContextValue.bytes((String) entries[i], entries[i + 1]);
    }
    if (!contextMap.isEmpty()) {
      Weight weight = new Weight();
      contextMap.forEach(weight::add);
      bytes += weight.bytes;
    }
    return throwable == null ? bytes : bytes + throwable.bytes();
  }

  /** Adds up a map's entries: an iterator over a read-only map makes an object for each. */
  private static final class Weight {
    private long bytes;

    void add(String key, String value) {
      bytes += ContextValue.bytes(key, value);
    }
  }
}
