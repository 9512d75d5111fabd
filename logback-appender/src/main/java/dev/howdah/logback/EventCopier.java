package dev.howdah.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import dev.howdah.HowdahConfig;
import dev.howdah.event.ContextValue;
import dev.howdah.event.LogEventSlot;
import dev.howdah.event.ThrowableInfo;
import dev.howdah.pipeline.EventPipeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * Copies one event into a slot. Whatever may run code of the application's (formatting, getters,
 * {@code toString}) is done before a slot is claimed: such code may log, wait or fail. Thread-safe.
 */
final class EventCopier {

  private static final int MAX_MARKERS = 64;
  private static final Object[] NO_VALUES = {};

  private final HowdahConfig config;

  EventCopier(HowdahConfig config) {
    this.config = config;
  }

  static dev.howdah.event.Level level(Level level) {
    return switch (level.toInt()) {
      case Level.ERROR_INT -> dev.howdah.event.Level.ERROR;
      case Level.WARN_INT -> dev.howdah.event.Level.WARN;
      case Level.INFO_INT -> dev.howdah.event.Level.INFO;
      case Level.DEBUG_INT -> dev.howdah.event.Level.DEBUG;
      default -> dev.howdah.event.Level.TRACE;
    };
  }

  /** Throws only before a slot is claimed; the caller then counts the event as failed. */
  void copy(ILoggingEvent event, dev.howdah.event.Level level, EventPipeline pipeline) {
    String formatted = event.getFormattedMessage();
    String message =
        formatted == null ? null : ContextValue.limited(formatted, config.maxMessageLength());
    Map<String, String> mdc = config.includeMDC() ? event.getMDCPropertyMap() : Map.of();
    List<KeyValuePair> pairs = config.includeKeyValues() ? event.getKeyValuePairs() : null;
    @Nullable Object[] values = values(pairs);
    ThrowableInfo throwable = throwable(event.getThrowableProxy());
    StackTraceElement[] caller = config.includeCallerData() ? event.getCallerData() : null;

    long sequence = pipeline.claim(level, bytes(message, mdc, values, throwable));
    if (sequence == EventPipeline.REFUSED) {
      return;
    }
    try {
      LogEventSlot slot = pipeline.slot(sequence);
      slot.head(level, micros(event), event.getLoggerName(), event.getThreadName());
      slot.message(message, hasArguments(event) ? event.getMessage() : null);
      slot.contextMap(mdc);
      for (int i = 0; i < values.length; i++) {
        slot.keyValue(String.valueOf(pairs.get(i).key), values[i]);
      }
      if (config.includeMarkers() && event.getMarkerList() != null) {
        for (Marker marker : event.getMarkerList()) {
          marker(marker, slot);
        }
      }
      if (throwable != null) {
        slot.throwable(throwable);
      }
      if (caller != null && caller.length > 0) {
        slot.caller(caller[0]);
      }
      slot.filled();
    } finally {
      pipeline.publish(sequence);
    }
  }

  private static boolean hasArguments(ILoggingEvent event) {
    Object[] arguments = event.getArgumentArray();
    return arguments != null && arguments.length > 0;
  }

  private @Nullable Object[] values(@Nullable List<KeyValuePair> pairs) {
    if (pairs == null || pairs.isEmpty()) {
      return NO_VALUES;
    }
    @Nullable Object[] values = new Object[pairs.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = ContextValue.snapshot(pairs.get(i).value, config.maxContextLength());
    }
    return values;
  }

  private static long micros(ILoggingEvent event) {
    Instant instant = event.getInstant();
    return instant == null
        ? event.getTimeStamp() * 1000
        : instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
  }

  /** A marker and those it refers to; a marker may refer to itself through others. */
  // Deprecated for what writes to markers: SLF4J has no other way to read the references.
  @SuppressWarnings("deprecation")
  private static void marker(Marker marker, LogEventSlot slot) {
    String name = String.valueOf(marker.getName());
    if (slot.markers().size() >= MAX_MARKERS || slot.markers().contains(name)) {
      return;
    }
    slot.marker(name);
    for (Iterator<Marker> others = marker.iterator(); others.hasNext(); ) {
      marker(others.next(), slot);
    }
  }

  private @Nullable ThrowableInfo throwable(@Nullable IThrowableProxy proxy) {
    if (proxy == null) {
      return null;
    }
    return proxy instanceof ThrowableProxy live
        ? ThrowableInfo.of(live.getThrowable(), config.maxStackTraceLength())
        : fromProxy(proxy, 0);
  }

  /** An event that came from elsewhere, such as another JVM, has no live throwable. */
  private static ThrowableInfo fromProxy(IThrowableProxy proxy, int depth) {
    StackTraceElementProxy[] proxies = proxy.getStackTraceElementProxyArray();
    StackTraceElement[] frames = new StackTraceElement[proxies == null ? 0 : proxies.length];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = proxies[i].getStackTraceElement();
    }
    boolean repeated = proxy.isCyclic() || depth > 100;
    IThrowableProxy cause = repeated ? null : proxy.getCause();
    List<ThrowableInfo> suppressed = new ArrayList<>();
    if (!repeated && proxy.getSuppressed() != null) {
      for (IThrowableProxy other : proxy.getSuppressed()) {
        suppressed.add(fromProxy(other, depth + 1));
      }
    }
    String message = proxy.getMessage();
    return new ThrowableInfo(
        message == null ? proxy.getClassName() : proxy.getClassName() + ": " + message,
        proxy.getClassName(),
        null,
        frames,
        cause == null ? null : fromProxy(cause, depth + 1),
        suppressed,
        repeated);
  }

  private static long bytes(
      @Nullable String message,
      Map<String, String> mdc,
      @Nullable Object[] values,
      @Nullable ThrowableInfo throwable) {
    long bytes = ContextValue.textBytes(message);
    for (Map.Entry<String, String> entry : mdc.entrySet()) {
      bytes += ContextValue.bytes(entry.getKey(), entry.getValue());
    }
    for (Object value : values) {
      bytes += ContextValue.bytes(null, value);
    }
    return throwable == null ? bytes : bytes + throwable.bytes();
  }
}
