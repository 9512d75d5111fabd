package dev.howdah.cli;

import dev.howdah.ErrorTracker;
import dev.howdah.HowdahConfig;
import dev.howdah.event.PipelineListener;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.Map;

/** A shop that captures errors in the schema {@code monitoring}. */
final class CapturedErrors implements AutoCloseable {

  private final ErrorTracker tracker;

  private CapturedErrors(ErrorTracker tracker) {
    this.tracker = tracker;
  }

  /** Starts a shop in production. */
  static CapturedErrors of(TestDatabase db, Path directory, String release) {
    return of(db, directory, release, "production");
  }

  static CapturedErrors of(TestDatabase db, Path directory, String release, String environment) {
    return new CapturedErrors(
        ErrorTracker.start(
            HowdahConfig.builder()
                .dataSource(db.dataSource())
                .set("service", "shop")
                .set("environment", environment)
                .set("release", release)
                .set("host", "elephant-1")
                .set("directory", directory.toString())
                .set("shutdownTimeout", "30 s")
                .build(),
            new PipelineListener() {}));
  }

  /** Captures an error under a name, some times. */
  CapturedErrors capture(String fingerprint, String message, int times) {
    for (int i = 1; i <= times; i++) {
      tracker.captureException(
          new IllegalStateException(message), Map.of("fingerprint", fingerprint, "order_id", i));
    }
    return this;
  }

  /** Captures an error whose fingerprint is that of its stack. */
  CapturedErrors captureUnnamed(String message) {
    tracker.captureException(new IllegalStateException(message));
    return this;
  }

  /** Writes them, and stops. */
  @Override
  public void close() {
    tracker.close();
    if (tracker.pipelineStats().journaled() > 0) {
      throw new AssertionError("not written: " + tracker.pipelineStats());
    }
  }
}
