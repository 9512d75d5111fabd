package dev.howdah.log4j2;

import dev.howdah.notify.Notification;
import dev.howdah.notify.Notifier;
import dev.howdah.notify.NotifierFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A kind of channel that an application brings itself. */
public final class TeamsNotifierFactory implements NotifierFactory {

  /** Rooms whose notifiers were closed, once for each. */
  static final List<String> CLOSED = new CopyOnWriteArrayList<>();

  /** Sends nothing. */
  private record TeamsNotifier(String room) implements Notifier {
    @Override
    public String kind() {
      return "teams";
    }

    @Override
    public void send(Notification notification) {}

    @Override
    public void close() {
      CLOSED.add(room);
    }
  }

  @Override
  public String kind() {
    return "teams";
  }

  @Override
  public Notifier create(Map<String, String> settings) {
    return new TeamsNotifier(settings.getOrDefault("room", "none"));
  }
}
