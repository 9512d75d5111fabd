package dev.howdah.log4j2;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.status.StatusData;
import org.apache.logging.log4j.status.StatusListener;
import org.apache.logging.log4j.status.StatusLogger;

/** What Log4j2's StatusLogger says meanwhile. */
final class StatusMessages implements AutoCloseable {

  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final StatusListener listener;

  private StatusMessages(Level level) {
    listener = new Listener(level, messages);
  }

  private record Listener(Level level, List<String> messages) implements StatusListener {

    @Override
    public void log(StatusData data) {
      Throwable thrown = data.getThrowable();
      messages.add(
          data.getMessage().getFormattedMessage() + (thrown == null ? "" : " (" + thrown + ")"));
    }

    @Override
    public Level getStatusLevel() {
      return level;
    }

    @Override
    public void close() {}
  }

  /** Listens to messages of that level, and worse ones, until it is closed. */
  static StatusMessages from(Level level) {
    StatusMessages messages = new StatusMessages(level);
    StatusLogger.getLogger().registerListener(messages.listener);
    return messages;
  }

  List<String> all() {
    return List.copyOf(messages);
  }

  @Override
  public void close() {
    StatusLogger.getLogger().removeListener(listener);
  }
}
