package dev.howdah.log4j2;

import dev.howdah.Howdah;
import dev.howdah.HowdahConfig;
import dev.howdah.event.PipelineListener;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.core.appender.AbstractManager;

/**
 * A running Howdah that outlives its appender: when Log4j2 reads its configuration again it starts
 * the new appender before it stops the old one, and where nothing changed between the two, both use
 * the same ring, writer and row in {@code instances}.
 */
final class SharedHowdah extends AbstractManager {

  /** What a start needs. */
  record Start(HowdahConfig config, PipelineListener listener) {}

  private final Howdah howdah;

  private SharedHowdah(String name, Howdah howdah) {
    super(null, name);
    this.howdah = howdah;
  }

  /**
   * Starts a Howdah, or takes part in the one that runs under that identity. To be stopped by each
   * who got it.
   */
  static SharedHowdah of(String identity, HowdahConfig config, PipelineListener listener) {
    return getManager(
        identity,
        (name, start) -> new SharedHowdah(name, Howdah.start(start.config(), start.listener())),
        new Start(config, listener));
  }

  Howdah howdah() {
    return howdah;
  }

  @Override
  protected boolean releaseSub(long timeout, TimeUnit unit) {
    howdah.close();
    return true;
  }
}
