package dev.howdah.testkit.conformance;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A framework that runs, with an appender of Howdah's. Logging is for any thread at any time; the
 * rest is for one. The class that implements it calls the framework's loggers itself, so that it is
 * what the framework takes for the caller.
 */
public interface Session extends AutoCloseable {

  /**
   * Makes a logging call.
   *
   * @param call what to log
   */
  void log(Call call);

  /**
   * Makes a logging call by the framework's plainest method, for many of them. A throwable as last
   * argument, for which the template has no place, is the event's.
   *
   * @param level its severity
   * @param logger name of the logger
   * @param template the message, with <code>{}</code> for each argument
   * @param arguments of the message
   */
  void log(Level level, String logger, String template, @Nullable Object... arguments);

  /**
   * Sets an entry of the calling thread's context: MDC, ThreadContext.
   *
   * @param key its key
   * @param value its value
   */
  void mdc(String key, @Nullable String value);

  /** Empties the calling thread's context. */
  void clearMdc();

  /**
   * Sets the root logger's level, by the framework's own means.
   *
   * @param level the lowest that is let through
   */
  void rootLevel(Level level);

  /** {@return whether the appender of the newest configuration has started, and not stopped} */
  boolean isStarted();

  /**
   * Says what became of the events, also after {@link #stop()}.
   *
   * @return the counts of all appenders that this session has had, added up
   */
  Counts counts();

  /**
   * Says what went wrong, also after {@link #stop()}.
   *
   * @return the framework's status messages at WARN and above about Howdah, oldest first, each
   *     followed by a line's end and its stack trace, if it has one
   */
  List<String> complaints();

  /**
   * Says everything that the framework has said about its configuration.
   *
   * @return its status messages of every level, about whatever it be
   */
  List<String> statusMessages();

  /**
   * Says which channels there are.
   *
   * @return each channel of the newest appender, as its own {@code toString()} describes it
   */
  List<String> channels();

  /**
   * The text of a complaint, for those who implement this.
   *
   * @param message the status message
   * @param cause its throwable, or null
   * @return the message, and the stack trace on the lines after it
   */
  static String complaint(String message, @Nullable Throwable cause) {
    if (cause == null) {
      return message;
    }
    StringWriter text = new StringWriter();
    cause.printStackTrace(new PrintWriter(text));
    return message + "\n" + text;
  }

  /**
   * Does what the framework does when its file has changed, on the calling thread; others may log
   * meanwhile.
   *
   * @param settings of the new appender, as for {@link Driver#start}
   */
  void reconfigure(Map<String, String> settings);

  /** Stops the context by the framework's own means; a second call does nothing. */
  void stop();

  /** Stops, and empties the calling thread's context. */
  @Override
  default void close() {
    stop();
    clearMdc();
  }
}
