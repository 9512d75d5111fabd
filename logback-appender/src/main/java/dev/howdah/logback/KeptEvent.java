package dev.howdah.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.howdah.HowdahConfig;
import dev.howdah.event.ContextValue;
import dev.howdah.event.Level;
import dev.howdah.event.LogEventSlot;
import dev.howdah.event.Placeholders;
import dev.howdah.event.RingEvent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Logback's own event, kept as it is: the encoder makes the message and reads the rest. Most events
 * are such, and it costs the thread that logs about half as much as to copy each part.
 *
 * <p>Arrays and lists are copied all the same: a caller may use an array again, and a fluent call's
 * builder adds to the list that it gave.
 */
final class KeptEvent implements RingEvent {

  private static final @Nullable Object[] NONE = {};

  private final LoggingEvent event;
  private final Map<String, String> context;
  private final @Nullable Object[] arguments;
  private final @Nullable Object[] pairs;

  private KeptEvent(
      LoggingEvent event,
      Map<String, String> context,
      @Nullable Object[] arguments,
      @Nullable Object[] pairs) {
    this.event = event;
    this.context = context;
    this.arguments = arguments;
    this.pairs = pairs;
  }

  /**
   * Keeps an event; null when something in it may change, or has to be worked out at once: a
   * throwable, markers, the caller's line, objects of the application's, text beyond the limits. So
   * it is with a class of events that is not Logback's own.
   */
  static @Nullable KeptEvent of(ILoggingEvent event, HowdahConfig config) {
    if (event.getClass() != LoggingEvent.class
        || event.getThrowableProxy() != null
        || event.getMarkerList() != null
        || config.includeCallerData()) {
      return null;
    }
    @Nullable Object[] arguments = copyOf(event.getArgumentArray());
    @Nullable Object[] pairs = config.includeKeyValues() ? copyOf(event.getKeyValuePairs()) : NONE;
    if (!isLastingText(event.getMessage(), arguments, config.maxMessageLength())
        || !areLasting(pairs, config.maxContextLength())) {
      return null;
    }
    // Both are looked up on the thread that logs; the event remembers its name.
    event.getThreadName();
    Map<String, String> context = config.includeMDC() ? event.getMDCPropertyMap() : Map.of();
    return new KeptEvent((LoggingEvent) event, context, arguments, pairs);
  }

  private static @Nullable Object[] copyOf(@Nullable Object @Nullable [] values) {
    return values == null || values.length == 0 ? NONE : values.clone();
  }

  private static @Nullable Object[] copyOf(@Nullable List<KeyValuePair> pairs) {
    return pairs == null || pairs.isEmpty() ? NONE : pairs.toArray();
  }

  private static boolean isLastingText(
      @Nullable String message, @Nullable Object[] arguments, int maxLength) {
    if (message == null || arguments.length == 0) {
      return arguments.length == 0 && (message == null || message.length() <= maxLength);
    }
    long most = message.length();
    for (Object argument : arguments) {
      int length = Placeholders.length(argument);
      if (length < 0) {
        return false;
      }
      most += length;
    }
    return most <= maxLength && Placeholders.areIn(message);
  }

  private static boolean areLasting(@Nullable Object[] pairs, int maxLength) {
    for (Object pair : pairs) {
      Object value = ((KeyValuePair) pair).value;
      if (value instanceof String text
          ? text.length() > maxLength
          : !ContextValue.neverChanges(value)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Level level() {
    return EventCopier.level(event.getLevel());
  }

  @Override
  public long bytes() {
    long bytes = ContextValue.mapBytes(context);
    if (arguments.length == 0) {
      bytes += ContextValue.textBytes(event.getMessage());
    }
    for (Object argument : arguments) {
      bytes += ContextValue.bytes(null, argument);
    }
    for (Object entry : pairs) {
      KeyValuePair pair = (KeyValuePair) entry;
      bytes += ContextValue.bytes(pair.key, pair.value);
    }
    return bytes;
  }

  @Override
  public void fill(LogEventSlot slot) {
    slot.head(level(), EventCopier.micros(event), event.getLoggerName(), event.getThreadName());
    if (arguments.length == 0) {
      slot.message(event.getMessage(), null);
    } else {
      slot.formatMessage(event.getMessage(), arguments);
    }
    slot.contextMap(context);
    for (Object entry : pairs) {
      KeyValuePair pair = (KeyValuePair) entry;
      // Texts are within the limit already.
      slot.keyValue(String.valueOf(pair.key), ContextValue.snapshot(pair.value, Integer.MAX_VALUE));
    }
  }
}
