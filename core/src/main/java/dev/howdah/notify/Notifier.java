package dev.howdah.notify;

/**
 * A way to reach people. Implementations may be given to a tracker or an appender as objects, or
 * made by a {@link NotifierFactory} from settings.
 *
 * <p>One thread at a time calls {@link #send}, one of Howdah's own for each channel: a notifier
 * that hangs delays its own channel only, and is interrupted after the channel's {@code timeout}.
 */
public interface Notifier extends AutoCloseable {

  /**
   * What it is, such as {@code slack}: the channel's name where none is given.
   *
   * @return lower-case letters, digits and hyphens
   */
  String kind();

  /**
   * Whether it wants to hear that an error of which it was told is assigned ({@link
   * Reason#ASSIGNED}) or resolved ({@link Reason#RESOLVED}).
   *
   * @return false by default
   */
  default boolean followsUp() {
    return false;
  }

  /**
   * Sends a message, and returns when the receiver has taken it. It may come twice where an
   * instance died in the middle, or the receiver's answer was lost: {@link Notification#dedupeKey}
   * is equal then.
   *
   * @param notification what to tell
   * @throws NotificationException when it was not taken; anything else that is thrown counts as a
   *     failure that may go well later
   * @throws InterruptedException when it takes too long, or at a stop
   */
  void send(Notification notification) throws NotificationException, InterruptedException;

  /** Gives up what it holds. Called once, at a stop. */
  @Override
  default void close() {}
}
