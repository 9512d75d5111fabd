package dev.howdah.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.howdah.HowdahConfig;
import dev.howdah.event.ContextValue;
import dev.howdah.event.Level;
import dev.howdah.event.LogEventSlot;
import dev.howdah.event.Placeholders;
import dev.howdah.event.RingEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.MessageFormatter;

/**
 * Logback's own event, kept as it is: the encoder makes the message and reads the rest. Most events
 * are such, and it costs the thread that logs about half as much as to copy each part.
 *
 * <p>Arrays and lists are copied all the same: a caller may use an array again, and a fluent call's
 * builder adds to the list that it gave.
 */
final class KeptEvent implements RingEvent {

  private static final long MAY_CHANGE = -1;

  /** What an argument keeps alive beside its text. */
  private static final int ARGUMENT_BYTES = 64;

  private final LoggingEvent event;
  private final Map<String, String> context;

  /** Arguments, then key-value pairs: one array is one object less. */
  private final @Nullable Object[] values;

  private final int argumentCount;

  /** An int, so that the object takes 32 bytes; two billion stands for more. */
  private final int bytes;

  private KeptEvent(
      LoggingEvent event,
      Map<String, String> context,
      @Nullable Object[] values,
      int argumentCount,
      int bytes) {
    this.event = event;
    this.context = context;
    this.values = values;
    this.argumentCount = argumentCount;
    this.bytes = bytes;
  }

  /**
   * Keeps an event; null when something in it may change, or has to be worked out at once: a
   * throwable, markers, the caller's line, objects of the application's, text beyond the limits. So
   * it is with a class of events that is not Logback's own.
   */
  static @Nullable KeptEvent of(ILoggingEvent event, HowdahConfig config, ContextWeights weights) {
    if (event.getClass() != LoggingEvent.class
        || event.getThrowableProxy() != null
        || event.getMarkerList() != null
        || config.includeCallerData()) {
      return null;
    }
    @Nullable Object[] arguments = event.getArgumentArray();
    int argumentCount = arguments == null ? 0 : arguments.length;
    List<KeyValuePair> pairs = config.includeKeyValues() ? event.getKeyValuePairs() : null;
    @Nullable Object[] values = new Object[argumentCount + (pairs == null ? 0 : pairs.size())];
    long length = takeArguments(event.getMessage(), arguments, values);
    long entries = takePairs(pairs, values, argumentCount, config.maxContextLength());
    if (length < 0 || length > config.maxMessageLength() || entries < 0) {
      return null;
    }
    // Both are looked up on the thread that logs; the event remembers its name.
    event.getThreadName();
    Map<String, String> context = config.includeMDC() ? event.getMDCPropertyMap() : Map.of();
    long weight =
        2 * length + ARGUMENT_BYTES * (long) argumentCount + entries + weights.of(context);
    int bytes = (int) Math.min(Integer.MAX_VALUE, weight);
    return new KeptEvent((LoggingEvent) event, context, values, argumentCount, bytes);
  }

  /** Copies the arguments; returns how long the message may become, -1 when one may change. */
  private static long takeArguments(
      @Nullable String message,
      @Nullable Object @Nullable [] arguments,
      @Nullable Object[] values) {
    long longest = message == null ? 0 : message.length();
    if (arguments == null || arguments.length == 0) {
      return longest;
    }
    for (int i = 0; i < arguments.length; i++) {
      Object argument = arguments[i];
      int most = Placeholders.length(argument);
      if (most < 0) {
        return MAY_CHANGE;
      }
      longest += most;
      values[i] = argument;
    }
    return message == null ? MAY_CHANGE : longest;
  }

  /** Copies the key-values behind the arguments, and weighs them; -1 when one may change. */
  private static long takePairs(
      @Nullable List<KeyValuePair> pairs, @Nullable Object[] values, int from, int maxLength) {
    long bytes = 0;
    for (int i = from; i < values.length; i++) {
      KeyValuePair pair = pairs.get(i - from);
      if (!lasts(pair.value, maxLength)) {
        return MAY_CHANGE;
      }
      bytes += ContextValue.bytes(pair.key, pair.value);
      values[i] = pair;
    }
    return bytes;
  }

  private static boolean lasts(@Nullable Object value, int maxLength) {
    return value instanceof String text
        ? text.length() <= maxLength
        : ContextValue.neverChanges(value);
  }

  @Override
  public Level level() {
    return EventCopier.level(event.getLevel());
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void fill(LogEventSlot slot) {
    slot.head(level(), EventCopier.micros(event), event.getLoggerName(), event.getThreadName());
    fillMessage(event.getMessage(), slot);
    slot.contextMap(context);
    for (int i = argumentCount; i < values.length; i++) {
      KeyValuePair pair = (KeyValuePair) values[i];
      // Texts are within the limit already.
      slot.keyValue(String.valueOf(pair.key), ContextValue.snapshot(pair.value, Integer.MAX_VALUE));
    }
  }

  private void fillMessage(@Nullable String template, LogEventSlot slot) {
    if (argumentCount == 0) {
      slot.message(template, null);
    } else if (Placeholders.areIn(template)) {
      slot.formatMessage(template, values, argumentCount);
    } else {
      // Escapes are SLF4J's.
      slot.message(
          MessageFormatter.basicArrayFormat(template, Arrays.copyOf(values, argumentCount)),
          template);
    }
  }
}
