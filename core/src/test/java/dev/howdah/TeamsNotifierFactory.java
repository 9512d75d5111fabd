package dev.howdah;

import dev.howdah.notify.Notification;
import dev.howdah.notify.Notifier;
import dev.howdah.notify.NotifierFactory;
import java.util.Map;

/** A kind of channel that an application brings itself. */
public final class TeamsNotifierFactory implements NotifierFactory {

  /** Sends nothing; shows what it was made of. */
  record TeamsNotifier(Map<String, String> settings) implements Notifier {
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
    if (settings.containsKey("fail")) {
      throw new IllegalStateException("failed with " + settings.get("fail"));
    }
    if (!settings.containsKey("room")) {
      throw new IllegalArgumentException("setting 'room' has no value: it must be a room's number");
    }
    return new TeamsNotifier(settings);
  }
}
