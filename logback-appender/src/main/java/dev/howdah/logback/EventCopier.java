package dev.howdah.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import dev.howdah.HowdahConfig;
import dev.howdah.event.ContextValue;
import dev.howdah.event.EventSnapshot;
import dev.howdah.event.RingEvent;
import dev.howdah.event.ThrowableInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * Makes of an event one object that can't change any more. Whatever may run code of the
 * application's (formatting, getters, {@code toString}) is done here, before a slot is claimed:
 * such code may log, wait or fail. Thread-safe.
 */
final class EventCopier {

  private static final int MAX_MARKERS = 64;
  private static final Object[] NO_ENTRIES = {};

  private final HowdahConfig config;
  private final ContextWeights weights = new ContextWeights();

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

  /** The event as it is; null when something in it may change or has to be worked out. */
  @Nullable RingEvent keep(ILoggingEvent event) {
    return KeptEvent.of(event, config, weights);
  }

  RingEvent copy(ILoggingEvent event) {
    RingEvent kept = keep(event);
    return kept == null ? snapshot(event) : kept;
  }

  EventSnapshot snapshot(ILoggingEvent event) {
    StackTraceElement[] caller = config.includeCallerData() ? event.getCallerData() : null;
    return new EventSnapshot(
        level(event.getLevel()),
        micros(event),
        event.getLoggerName(),
        event.getThreadName(),
        message(event),
        hasArguments(event) ? event.getMessage() : null,
        config.includeMDC() ? event.getMDCPropertyMap() : Map.of(),
        entries(event),
        config.includeMarkers() ? markers(event.getMarkerList()) : List.of(),
        throwable(event.getThrowableProxy()),
        caller != null && caller.length > 0 ? caller[0] : null);
  }

  private @Nullable String message(ILoggingEvent event) {
    String formatted = event.getFormattedMessage();
    return formatted == null ? null : ContextValue.limited(formatted, config.maxMessageLength());
  }

  private static boolean hasArguments(ILoggingEvent event) {
    Object[] arguments = event.getArgumentArray();
    return arguments != null && arguments.length > 0;
  }

  /** Keys and what can't change any more of their values, by turns. */
  private @Nullable Object[] entries(ILoggingEvent event) {
    List<KeyValuePair> pairs = config.includeKeyValues() ? event.getKeyValuePairs() : null;
    if (pairs == null || pairs.isEmpty()) {
      return NO_ENTRIES;
    }
    @Nullable Object[] entries = new Object[2 * pairs.size()];
    for (int i = 0; i < entries.length; i += 2) {
      KeyValuePair pair = pairs.get(i / 2);
      entries[i] = String.valueOf(pair.key);
      entries[i + 1] = ContextValue.snapshot(pair.value, config.maxContextLength());
    }
    return entries;
  }

  static long micros(ILoggingEvent event) {
    Instant instant = event.getInstant();
    return instant == null
        ? event.getTimeStamp() * 1000
        : instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
  }

  private static List<String> markers(@Nullable List<Marker> markers) {
    if (markers == null || markers.isEmpty()) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (Marker marker : markers) {
      add(marker, names);
    }
    return names;
  }

  /** A marker and those it refers to; a marker may refer to itself through others. */
  // Deprecated for what writes to markers: SLF4J has no other way to read the references.
  @SuppressWarnings("deprecation")
  private static void add(Marker marker, List<String> names) {
    String name = String.valueOf(marker.getName());
    if (names.size() >= MAX_MARKERS || names.contains(name)) {
      return;
    }
    names.add(name);
    for (Iterator<Marker> others = marker.iterator(); others.hasNext(); ) {
      add(others.next(), names);
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
}
