package dev.howdah.fingerprint;

import dev.howdah.event.ThrowableInfo;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a fingerprint is made of.
 *
 * @param throwable what was thrown; null for an error that was only told in words
 * @param logger the logger's name, empty when there is none
 * @param template the message before its arguments were put in; null when unknown
 * @param message the message; null when there is none
 * @param context finds a value of the event's context by its key, null where there is none. The
 *     value of {@code fingerprint} takes the place of the default
 */
public record ErrorEvent(
    @Nullable ThrowableInfo throwable,
    String logger,
    @Nullable String template,
    @Nullable String message,
    Function<String, @Nullable String> context) {

  /** The key of the context by which an event brings its own fingerprint. */
  public static final String OWN_FINGERPRINT = "fingerprint";

  /**
   * A throwable of which nothing else is known, such as one read from text.
   *
   * @param throwable the throwable
   * @return the event
   */
  public static ErrorEvent of(ThrowableInfo throwable) {
    return new ErrorEvent(throwable, "", null, null, key -> null);
  }

  /** The template, which varies less, else the message; null when there is neither. */
  @Nullable String wording() {
    return template == null ? message : template;
  }
}
