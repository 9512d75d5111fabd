package dev.howdah.log4j2;

import dev.howdah.HowdahConfig;
import dev.howdah.encode.Redaction;
import dev.howdah.event.ContextValue;
import dev.howdah.event.Level;
import dev.howdah.event.LogEventSlot;
import dev.howdah.event.ThrowableInfo;
import dev.howdah.pipeline.EventPipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.ThreadContext.ContextStack;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.time.Instant;
import org.apache.logging.log4j.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Copies one event into a slot and keeps nothing of it: Log4j2 uses events, messages and context
 * maps again. Whatever may run code of the application's (formatting, getters, {@code toString}) is
 * done before a slot is claimed: such code may log, wait or fail. Thread-safe.
 */
final class EventCopier {

  private static final int MAX_MARKERS = 64;

  /** In characters and entries: what grew larger is not kept for the thread's next event. */
  private static final int MAX_KEPT_TEXT = 8192;

  private static final int MAX_KEPT_ENTRIES = 128;

  /** What microseconds can count, less the one that nanoseconds may add. */
  private static final long MAX_SECONDS = Long.MAX_VALUE / 1_000_000 - 1;

  /** Key of a custom level's own name. */
  private static final String LEVEL_NAME = "level_name";

  /** Key of ThreadContext's stack, as in Log4j2's JSON. */
  private static final String STACK = "ndc";

  private final HowdahConfig config;
  private final MessageData data;

  // Classes of the JDK's: a thread of a pool would keep our class loader alive with one of ours.
  private final ThreadLocal<StringBuilder> texts = ThreadLocal.withInitial(StringBuilder::new);
  private final ThreadLocal<List<@Nullable Object>> entryLists =
      ThreadLocal.withInitial(ArrayList::new);

  EventCopier(HowdahConfig config) {
    this.config = config;
    data = new MessageData(new Redaction(config.redactKeys(), List.of()));
  }

  /**
   * Throws only before a slot is claimed; the caller then counts the event as failed. Returns false
   * when the event was refused, and counted.
   *
   * @param depth how deep in other logging calls of this thread, from 1
   */
  boolean copy(LogEvent event, Level level, int depth, EventPipeline pipeline) {
    if (depth > 1) {
      return copy(event, level, new StringBuilder(), new ArrayList<>(), pipeline);
    }
    StringBuilder text = texts.get();
    List<@Nullable Object> entries = entryLists.get();
    try {
      return copy(event, level, text, entries, pipeline);
    } finally {
      giveBack(text, entries);
    }
  }

  private void giveBack(StringBuilder text, List<@Nullable Object> entries) {
    if (text.capacity() > MAX_KEPT_TEXT || entries.size() > MAX_KEPT_ENTRIES) {
      texts.remove();
      entryLists.remove();
    } else {
      text.setLength(0);
      entries.clear();
    }
  }

  private boolean copy(
      LogEvent event,
      Level level,
      StringBuilder text,
      List<@Nullable Object> entries,
      EventPipeline pipeline) {
    Message message = event.getMessage();
    boolean hasText = data.format(message, text);
    String template = hasText ? data.template(message, text) : null;
    int end = Math.min(text.length(), config.maxMessageLength() + 1);
    collect(event, message, level, entries);
    long bytes = 2L * end + snapshot(entries);
    Throwable thrown = event.getThrown() == null ? data.thrown(message) : event.getThrown();
    ThrowableInfo throwable =
        thrown == null ? null : ThrowableInfo.of(thrown, config.maxStackTraceLength());
    bytes += throwable == null ? 0 : throwable.bytes();
    StackTraceElement caller = config.includeCallerData() ? event.getSource() : null;

    long sequence = pipeline.claim(level, bytes);
    if (sequence == EventPipeline.REFUSED) {
      return false;
    }
    try {
      LogEventSlot slot = pipeline.slot(sequence);
      slot.head(
          level,
          micros(event.getInstant()),
          Objects.requireNonNullElse(event.getLoggerName(), ""),
          Objects.requireNonNullElse(event.getThreadName(), ""));
      if (hasText) {
        slot.copyMessage(text, end, template);
      }
      for (int i = 0; i < entries.size(); i += 2) {
        slot.keyValue(String.valueOf(entries.get(i)), entries.get(i + 1));
      }
      if (config.includeMarkers() && event.getMarker() != null) {
        marker(event.getMarker(), slot);
      }
      if (throwable != null) {
        slot.throwable(throwable);
      }
      if (caller != null) {
        slot.caller(caller);
      }
      slot.filled();
    } finally {
      pipeline.publish(sequence);
    }
    return true;
  }

  /** Adds keys and values, one after the other; of two equal keys the later one wins. */
  private void collect(
      LogEvent event, @Nullable Message message, Level level, List<@Nullable Object> entries) {
    if (config.includeMDC()) {
      if (event.getContextData() != null) {
        event.getContextData().forEach(MessageData.COLLECT, entries);
      }
      ContextStack stack = event.getContextStack();
      if (stack != null && stack.getDepth() > 0) {
        MessageData.COLLECT.accept(STACK, stack.asList(), entries);
      }
    }
    if (config.includeKeyValues()) {
      data.collect(message, entries);
    }
    if (NearestLevel.isCustom(event.getLevel(), level)) {
      MessageData.COLLECT.accept(LEVEL_NAME, event.getLevel().name(), entries);
    }
  }

  /** Puts what can't change any more in the place of each value; returns what all weigh. */
  private long snapshot(List<@Nullable Object> entries) {
    long bytes = 0;
    for (int i = 0; i < entries.size(); i += 2) {
      Object value = ContextValue.snapshot(entries.get(i + 1), config.maxContextLength());
      entries.set(i + 1, value);
      bytes += ContextValue.bytes((String) entries.get(i), value);
    }
    return bytes;
  }

  /** Of a time beyond what fits: the last that does, so that a future one stays in the future. */
  private static long micros(Instant instant) {
    long seconds = Math.max(-MAX_SECONDS, Math.min(instant.getEpochSecond(), MAX_SECONDS));
    return seconds * 1_000_000 + instant.getNanoOfSecond() / 1000;
  }

  /** A marker and its parents; two of them may have a parent in common. */
  private static void marker(Marker marker, LogEventSlot slot) {
    String name = String.valueOf(marker.getName());
    if (slot.markers().size() >= MAX_MARKERS || slot.markers().contains(name)) {
      return;
    }
    slot.marker(name);
    if (marker.hasParents()) {
      for (Marker parent : marker.getParents()) {
        marker(parent, slot);
      }
    }
  }
}
