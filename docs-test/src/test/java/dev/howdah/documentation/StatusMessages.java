package dev.howdah.documentation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.status.StatusData;
import org.apache.logging.log4j.status.StatusListener;
import org.apache.logging.log4j.status.StatusLogger;

/** What Log4j2's StatusLogger complains of until this is closed. */
final class StatusMessages implements AutoCloseable {

  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final StatusListener listener = new Listener(messages);

  private StatusMessages() {}

  static StatusMessages ofWarningsAndErrors() {
    StatusMessages messages = new StatusMessages();
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

  /** Apart, since the StatusLogger closes the listener that is removed. */
  private record Listener(List<String> messages) implements StatusListener {

    @Override
    public void log(StatusData data) {
      messages.add(data.getFormattedStatus());
    }

    @Override
    public Level getStatusLevel() {
      return Level.WARN;
    }

    @Override
    public void close() {}
  }
}
