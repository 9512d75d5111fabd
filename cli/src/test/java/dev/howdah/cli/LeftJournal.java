package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.Howdah;
import dev.howdah.HowdahConfig;
import dev.howdah.event.Level;
import dev.howdah.event.LogEventSlot;
import dev.howdah.event.PipelineListener;
import dev.howdah.event.ThrowableInfo;
import dev.howdah.pipeline.EventPipeline;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Logs while the database is away, and stops: what a later command finds in the directory. */
final class LeftJournal implements PipelineListener {

  private final Howdah howdah;
  private final Path journals;
  private int logged;

  private LeftJournal(Path directory, String service) throws IOException {
    howdah =
        Howdah.start(
            HowdahConfig.builder()
                .set("url", "jdbc:postgresql://localhost:" + closedPort() + "/none")
                .set("directory", directory.toString())
                .set("service", service)
                .set("environment", "test")
                .set("release", "1.4.2")
                .set("host", "elephant-1")
                .set("journal", "always")
                .set("batchSize", "64 KiB")
                .set("connectionTimeout", "250 ms")
                .set("shutdownTimeout", "0")
                .build(),
            this);
    journals = directory.resolve(service).resolve("journal");
  }

  /** Starts an instance that holds its journal until it is closed. */
  static LeftJournal start(Path directory, String service) throws IOException {
    return new LeftJournal(directory, service);
  }

  /**
   * Leaves a journal behind.
   *
   * @param events how many; the last is an ERROR with a throwable
   * @return its folder
   */
  static Path of(Path directory, String service, int events) throws IOException {
    return new LeftJournal(directory, service).log(events).close();
  }

  LeftJournal log(int events) {
    for (int i = 1; i < events; i++) {
      log(Level.INFO, null);
    }
    log(Level.ERROR, new IllegalStateException("no stock\nof elephants \uD83D\uDC18"));
    return this;
  }

  private void log(Level level, @Nullable Throwable throwable) {
    EventPipeline pipeline = howdah.pipeline();
    long sequence = pipeline.claim(level, 1000);
    assertThat(sequence).isNotEqualTo(EventPipeline.REFUSED);
    LogEventSlot slot = pipeline.slot(sequence);
    slot.head(level, System.currentTimeMillis() * 1000, "shop.Checkout", "main");
    slot.message("order " + ++logged + " is paid", "order {} is paid");
    slot.keyValue("order_id", logged);
    slot.keyValue("price", 12.5);
    if (throwable != null) {
      slot.throwable(ThrowableInfo.of(throwable, 1000));
    }
    slot.filled();
    pipeline.publish(sequence);
  }

  /** Stops, and gives the journal's folder. */
  Path close() throws IOException {
    howdah.close();
    assertThat(howdah.stats().journaled()).isEqualTo(logged);
    return folder();
  }

  /** Its folder. */
  Path folder() throws IOException {
    try (Stream<Path> folders = Files.list(journals)) {
      List<Path> all = folders.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  /** Turns over a bit of the first segment. */
  static void damage(Path journal, long offset) throws IOException {
    Path segment = journal.resolve("00000001.journal");
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      file.seek(offset);
      int value = file.read();
      file.seek(offset);
      file.write(value ^ 1);
    }
  }

  static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
