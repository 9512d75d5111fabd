package dev.howdah.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.Howdah;
import dev.howdah.HowdahConfig;
import dev.howdah.event.PipelineListener;
import dev.howdah.pipeline.EventPipeline;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Howdah whose batches close when a test says so, or when they are full, and which does nothing
 * of its own accord meanwhile.
 */
final class MeasuredHowdah implements AutoCloseable {

  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final Howdah howdah;

  /**
   * Starts it.
   *
   * @param url where it writes to
   * @param db whose superuser it is
   * @param directory for what the database refuses
   */
  MeasuredHowdah(String url, TestDatabase db, Path directory) {
    howdah =
        Howdah.start(
            HowdahConfig.builder()
                .set("url", url)
                .set("username", db.username())
                .set("password", db.password())
                .set("directory", directory.toString())
                .set("flushInterval", "1 min")
                .set("maintain", "false")
                .set("journal", "off")
                .set("onFull", "block")
                .set("onFullTimeout", "1 min")
                .build(),
            new PipelineListener() {
              @Override
              public void problem(String message, @Nullable Throwable cause) {
                problems.add(message);
              }
            });
  }

  EventPipeline pipeline() {
    return howdah.pipeline();
  }

  /** Closes the open batch, and waits until it is committed. */
  void flush() throws InterruptedException {
    assertThat(pipeline().flush(TimeUnit.MINUTES.toNanos(1))).as("told: %s", problems).isTrue();
    assertThat(problems).isEmpty();
  }

  long batches() {
    return howdah.stats().batches();
  }

  @Override
  public void close() {
    howdah.close();
  }
}
