package dev.howdah.event;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event of which the thread that logged has worked out and copied everything.
 *
 * @param level severity
 * @param loggedAtMicros microseconds since 1970-01-01T00:00Z
 * @param logger name of the logger
 * @param thread name of the thread that logged
 * @param message the formatted message; null where there is none
 * @param template the message before its arguments were put in; null when it had none
 * @param contextMap the MDC, a map that nobody changes any more
 * @param entries keys, which are Strings, and values that {@link ContextValue#snapshot} gave, by
 *     turns
 * @param markers names of the markers
 * @param throwable the throwable, or null
 * @param caller the place in the source that logged, or null
 */
public record EventSnapshot(
    Level level,
    long loggedAtMicros,
    String logger,
    String thread,
    @Nullable String message,
    @Nullable String template,
    Map<String, String> contextMap,
    @SuppressWarnings("ArrayRecordComponent") @Nullable Object[] entries,
    List<String> markers,
    @Nullable ThrowableInfo throwable,
    @Nullable StackTraceElement caller)
    implements RingEvent {

  @Override
  public long bytes() {
    long bytes = ContextValue.textBytes(message) + ContextValue.mapBytes(contextMap);
    for (int i = 0; i < entries.length; i += 2) {
      bytes += ContextValue.bytes((String) entries[i], entries[i + 1]);
    }
    return throwable == null ? bytes : bytes + throwable.bytes();
  }

  @Override
  public void fill(LogEventSlot slot) {
    slot.head(level, loggedAtMicros, logger, thread);
    slot.message(message, template);
    slot.contextMap(contextMap);
    for (int i = 0; i < entries.length; i += 2) {
      slot.keyValue(String.valueOf(entries[i]), entries[i + 1]);
    }
    for (String marker : markers) {
      slot.marker(marker);
    }
    if (throwable != null) {
      slot.throwable(throwable);
    }
    if (caller != null) {
      slot.caller(caller);
    }
  }
}
