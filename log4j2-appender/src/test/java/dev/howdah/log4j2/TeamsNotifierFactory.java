package dev.howdah.log4j2;

import dev.howdah.notify.Notification;
import dev.howdah.notify.Notifier;
import dev.howdah.notify.NotifierFactory;
import java.util.Map;

/** A kind of channel that an application brings itself. */
public final class TeamsNotifierFactory implements NotifierFactory {

  /** Sends nothing. */
  private record TeamsNotifier(String room) implements Notifier {
    @Override
    public String kind() {
      return "teams";
    }

    @Override
    public void send(Notification notification) {}
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
