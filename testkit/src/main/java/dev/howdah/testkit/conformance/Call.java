package dev.howdah.testkit.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One logging call, with everything that a framework can be given:
 *
 * <pre>{@code
 * Call.at(Level.ERROR, "payment of {} failed", "ann").keyValue("order_id", 42).cause(e)
 * }</pre>
 *
 * <p>Each method gives a new call and leaves its own as it was. The objects in it are the caller's:
 * they may change, fail or log.
 *
 * @param level its severity
 * @param logger name of the logger
 * @param template the message, with <code>{}</code> for each argument; may be null
 * @param arguments of the message, in their order; each may be null
 * @param cause the throwable, or null
 * @param keyValues typed context of this call alone, in order; keys and values may be null
 * @param marks its markers
 */
public record Call(
    Level level,
    String logger,
    @Nullable String template,
    List<@Nullable Object> arguments,
    @Nullable Throwable cause,
    Map<@Nullable String, @Nullable Object> keyValues,
    List<Mark> marks) {

  /** The logger of calls that name none. */
  public static final String LOGGER = "shop.Checkout";

  /** Makes the collections unmodifiable. */
  public Call {
    arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
    keyValues = Collections.unmodifiableMap(new LinkedHashMap<>(keyValues));
    marks = List.copyOf(marks);
  }

  /**
   * A call by {@link #LOGGER}.
   *
   * @param level its severity
   * @param template the message, with <code>{}</code> for each argument
   * @param arguments of the message
   * @return the call
   */
  public static Call at(Level level, @Nullable String template, @Nullable Object... arguments) {
    List<@Nullable Object> list = Arrays.asList(arguments);
    return new Call(level, LOGGER, template, list, null, Map.of(), List.of());
  }

  /**
   * The same by another logger.
   *
   * @param name of the logger
   * @return the call
   */
  public Call logger(String name) {
    return new Call(level, name, template, arguments, cause, keyValues, marks);
  }

  /**
   * The same with a throwable.
   *
   * @param throwable what was thrown
   * @return the call
   */
  public Call cause(@Nullable Throwable throwable) {
    return new Call(level, logger, template, arguments, throwable, keyValues, marks);
  }

  /**
   * The same with one more key-value.
   *
   * @param key a key that the call has not yet
   * @param value any object
   * @return the call
   */
  public Call keyValue(@Nullable String key, @Nullable Object value) {
    Map<@Nullable String, @Nullable Object> more = new LinkedHashMap<>(keyValues);
    more.put(key, value);
    return new Call(level, logger, template, arguments, cause, more, marks);
  }

  /**
   * The same with one more marker.
   *
   * @param mark the marker
   * @return the call
   */
  public Call mark(Mark mark) {
    List<Mark> more = new ArrayList<>(marks);
    more.add(mark);
    return new Call(level, logger, template, arguments, cause, keyValues, more);
  }
}
