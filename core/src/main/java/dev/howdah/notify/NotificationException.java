package dev.howdah.notify;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A message was not taken. The text is stored in {@code notification_log} and shown to people: it
 * says what the receiver answered and holds no secret, such as a URL that is one.
 */
public final class NotificationException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean permanent;
  private final @Nullable Duration retryAfter;

  private NotificationException(
      String message, boolean permanent, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.permanent = permanent;
    this.retryAfter = retryAfter;
  }

  /**
   * The receiver will never take this message, such as after an answer of 400 or 404.
   *
   * @param message what it said
   * @return the exception
   */
  public static NotificationException refused(String message) {
    return new NotificationException(message, true, null, null);
  }

  /**
   * It may go well later.
   *
   * @param message what went wrong
   * @param cause what was thrown; null for none
   * @return the exception
   */
  public static NotificationException failed(String message, @Nullable Throwable cause) {
    return new NotificationException(message, false, null, cause);
  }

  /**
   * The receiver asks for a pause, such as by an answer of 429 with {@code Retry-After}.
   *
   * @param message what it said
   * @param retryAfter how long
   * @return the exception
   */
  public static NotificationException busy(String message, Duration retryAfter) {
    return new NotificationException(message, false, retryAfter, null);
  }

  /** Whether another attempt is useless. */
  public boolean isPermanent() {
    return permanent;
  }

  /** How long the receiver wants to be left alone; null where it has not said. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
