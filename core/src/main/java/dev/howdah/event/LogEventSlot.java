package dev.howdah.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One reusable slot for an event. An appender fills it between claim and publish; the encoder reads
 * it and clears it. Not thread-safe: the ring hands it from one thread to the next.
 *
 * <p>Nothing mutable of the application's is kept here: see {@link ContextValue}.
 */
public final class LogEventSlot {

  /** Room for so many key-values is there from the start, a key and a value each taking one. */
  private static final int USUAL_ROOM = 16;

  /** More than so many keys and values, and the slot gives their room back. */
  private static final int MAX_ROOM = 64;

  private Level level = Level.INFO;
  private long loggedAtMicros;
  private String logger = "";
  private String thread = "";
  private final int keptChars;
  private final StringBuilder text = new StringBuilder(0);
  private @Nullable CharSequence message;
  private @Nullable String template;
  private @Nullable Map<String, String> contextMap;

  /** Keys and values by turns; of an event with very many, an array that is not kept. */
  private @Nullable Object[] entries = new Object[USUAL_ROOM];

  private @Nullable Object[] room = entries;
  private int entriesEnd;
  private final List<String> markers = new ArrayList<>(2);
  private @Nullable ThrowableInfo throwable;
  private @Nullable StackTraceElement caller;
  private @Nullable UUID captureId;
  private @Nullable RingEvent whole;
  private boolean filled;

  /** Makes an empty slot that keeps no room for texts between its events. */
  public LogEventSlot() {
    this(0);
  }

  /**
   * Makes an empty slot.
   *
   * @param keptChars the longest text, in characters, whose room is kept for the next event
   */
  public LogEventSlot(int keptChars) {
    this.keptChars = keptChars;
  }

  /**
   * Sets what every event has.
   *
   * @param level severity
   * @param loggedAtMicros microseconds since 1970-01-01T00:00Z
   * @param logger name of the logger
   * @param thread name of the thread that logged
   */
  public void head(Level level, long loggedAtMicros, String logger, String thread) {
    this.level = level;
    this.loggedAtMicros = loggedAtMicros;
    this.logger = logger;
    this.thread = thread;
  }

  /**
   * Sets the text.
   *
   * @param message the formatted message, which nobody changes any more, or null
   * @param template the message before its arguments were put in, or null when it had none
   */
  public void message(@Nullable CharSequence message, @Nullable String template) {
    this.message = message;
    this.template = template;
  }

  /**
   * Sets the text by copying it into the slot's own room, so that a text in a buffer of the
   * caller's costs no String.
   *
   * @param buffer the formatted message, which may change after this call
   * @param end how many of its characters
   * @param template the message before its arguments were put in, or null when it had none
   */
  public void copyMessage(StringBuilder buffer, int end, @Nullable String template) {
    if (end > text.capacity()) {
      text.ensureCapacity(Math.max(end, keptChars));
    }
    if (end == buffer.length()) {
      text.append(buffer);
    } else {
      text.append(buffer, 0, end);
    }
    message(text, template);
  }

  /**
   * Sets the text by putting arguments into a template.
   *
   * @param template for which {@link Placeholders#areIn} is true
   * @param values those of which {@link Placeholders#length} is known come first
   * @param count how many of them are the arguments
   */
  public void formatMessage(String template, @Nullable Object[] values, int count) {
    Placeholders.fill(template, values, count, text);
    message(text, template);
  }

  /**
   * Sets the MDC.
   *
   * @param map a map that nobody changes any more
   */
  public void contextMap(Map<String, String> map) {
    this.contextMap = map;
  }

  /**
   * Adds a key-value pair.
   *
   * @param key the key
   * @param value what {@link ContextValue#snapshot} gave
   */
  public void keyValue(String key, @Nullable Object value) {
    if (entriesEnd + 2 > entries.length) {
      entries = Arrays.copyOf(entries, Math.max(USUAL_ROOM, 2 * entriesEnd));
      if (entries.length > room.length && entries.length <= MAX_ROOM) {
        room = entries;
      }
    }
    entries[entriesEnd++] = key;
    entries[entriesEnd++] = value;
  }

  /**
   * Adds a marker.
   *
   * @param name the marker's name
   */
  public void marker(String name) {
    markers.add(name);
  }

  /**
   * Sets the throwable.
   *
   * @param throwable its snapshot
   */
  public void throwable(ThrowableInfo throwable) {
    this.throwable = throwable;
  }

  /**
   * Sets the place in the source that logged.
   *
   * @param caller class, method, file and line
   */
  public void caller(StackTraceElement caller) {
    this.caller = caller;
  }

  /**
   * Sets the id by which a user will name this error.
   *
   * @param captureId random
   */
  public void captureId(UUID captureId) {
    this.captureId = captureId;
  }

  /**
   * Sets all in one go, and marks the slot as complete. It shows nothing until {@link #unpack}.
   *
   * @param event the event
   */
  public void whole(RingEvent event) {
    level = event.level();
    whole = event;
    filled = true;
  }

  /** Shows the parts of the event that was set in one go, if any; for the encoder's thread. */
  public void unpack() {
    RingEvent event = whole;
    if (event != null) {
      whole = null;
      event.fill(this);
    }
  }

  /** Marks the slot as complete. A slot that was published without this is counted and skipped. */
  public void filled() {
    filled = true;
  }

  /** Drops every reference, so that a slot keeps nothing of a past event alive. */
  public void clear() {
    filled = false;
    whole = null;
    message = null;
    text.setLength(0);
    if (text.capacity() > keptChars) {
      text.trimToSize();
    }
    template = null;
    contextMap = null;
    if (entries == room) {
      Arrays.fill(room, 0, entriesEnd, null);
    } else {
      entries = room;
    }
    entriesEnd = 0;
    markers.clear();
    throwable = null;
    caller = null;
    captureId = null;
    logger = "";
    thread = "";
  }

  /** {@return severity} */
  public Level level() {
    return level;
  }

  /** {@return microseconds since 1970-01-01T00:00Z} */
  public long loggedAtMicros() {
    return loggedAtMicros;
  }

  /** {@return name of the logger} */
  public String logger() {
    return logger;
  }

  /** {@return name of the thread that logged} */
  public String thread() {
    return thread;
  }

  /** {@return the formatted message, or null; valid until the slot is cleared} */
  public @Nullable CharSequence message() {
    return message;
  }

  /** {@return the message's template, or null} */
  public @Nullable String template() {
    return template;
  }

  /** {@return the MDC, or null} */
  public @Nullable Map<String, String> contextMap() {
    return contextMap;
  }

  /** {@return how many key-value pairs there are} */
  public int keyValueCount() {
    return entriesEnd / 2;
  }

  /**
   * Gives the key of a pair.
   *
   * @param i index from 0
   * @return the key of a pair
   */
  public String key(int i) {
    return (String) Objects.requireNonNull(entries[2 * i]);
  }

  /**
   * Gives the value of a pair.
   *
   * @param i index from 0
   * @return the value of a pair
   */
  public @Nullable Object value(int i) {
    return entries[2 * i + 1];
  }

  /** {@return names of the markers; a view} */
  public List<String> markers() {
    return markers;
  }

  /** {@return the throwable, or null} */
  public @Nullable ThrowableInfo throwable() {
    return throwable;
  }

  /** {@return the id by which a user will name this error, or null} */
  public @Nullable UUID captureId() {
    return captureId;
  }

  /** {@return the place in the source, or null} */
  public @Nullable StackTraceElement caller() {
    return caller;
  }

  /** {@return whether the appender completed the event} */
  public boolean isFilled() {
    return filled;
  }
}
