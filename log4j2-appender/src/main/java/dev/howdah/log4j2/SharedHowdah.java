package dev.howdah.log4j2;

import dev.howdah.Howdah;
import dev.howdah.HowdahConfig;
import dev.howdah.event.PipelineListener;
import dev.howdah.notify.NotificationChannel;
import dev.howdah.notify.Notifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * A running Howdah that outlives its appender: when Log4j2 reads its configuration again it starts
 * the new appender before it stops the old one, and where nothing changed between the two, both use
 * the same ring, writer and row in {@code instances}. Thread-safe.
 *
 * <p>This is what Log4j2's {@code AbstractManager} does, which can't be used here: it stops its
 * managers under a lock of the whole JVM. Draining waits for the writer's thread, and when the pool
 * on that thread logs for the first time, Log4j2 needs the same lock.
 */
final class SharedHowdah {

  /** By identity; also the lock. */
  private static final Map<List<String>, SharedHowdah> RUNNING = new HashMap<>();

  private final List<String> identity;
  private final HowdahConfig config;
  private final Howdah howdah;
  private int users;

  private SharedHowdah(List<String> identity, HowdahConfig config, Howdah howdah) {
    this.identity = identity;
    this.config = config;
    this.howdah = howdah;
  }

  /**
   * Starts a Howdah, or takes part in the one that runs under that identity. To be released by each
   * who got it.
   */
  static SharedHowdah of(
      List<String> identity,
      HowdahConfig config,
      PipelineListener listener,
      BooleanSupplier ready) {
    synchronized (RUNNING) {
      SharedHowdah shared = RUNNING.get(identity);
      if (shared == null) {
        shared = new SharedHowdah(identity, config, Howdah.start(config, listener, ready));
        RUNNING.put(identity, shared);
      } else {
        shared.closeNotifiersMadeInVain(config);
      }
      shared.users++;
      return shared;
    }
  }

  /** The running Howdah has its own of the same settings; a program's own may be the same. */
  private void closeNotifiersMadeInVain(HowdahConfig another) {
    List<Notifier> used = notifiers(config);
    for (Notifier notifier : notifiers(another)) {
      if (used.stream().noneMatch(running -> running == notifier)) {
        notifier.close();
      }
    }
  }

  private static List<Notifier> notifiers(HowdahConfig config) {
    return config.channels().stream().map(NotificationChannel::notifier).toList();
  }

  Howdah howdah() {
    return howdah;
  }

  /** The last one to call this drains and stops the Howdah. */
  void release() {
    synchronized (RUNNING) {
      users--;
      if (users > 0) {
        return;
      }
      RUNNING.remove(identity);
    }
    howdah.close();
  }
}
