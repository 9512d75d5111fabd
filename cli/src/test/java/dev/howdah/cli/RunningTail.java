package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A {@code howdah tail -f} that runs, and ends as it should when it is interrupted. */
final class RunningTail implements AutoCloseable {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final CompletableFuture<Integer> exitCode;
  private boolean ended;

  private RunningTail(String[] words) {
    exitCode =
        CompletableFuture.supplyAsync(
            () -> HowdahCommand.run(new PrintWriter(out), new PrintWriter(err, true), words),
            thread);
  }

  /** Starts it, and waits until it follows. */
  static RunningTail of(Terminal terminal, String... options) {
    String[] words = new String[options.length + 1];
    words[0] = "tail";
    System.arraycopy(options, 0, words, 1, options.length);
    RunningTail tail = new RunningTail(terminal.words(words).toArray(String[]::new));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                terminal
                        .db()
                        .count(
                            """
                            SELECT count(*)
                            FROM pg_stat_activity
                            WHERE application_name = 'howdah command'
                              AND datname = current_database()
                              AND state = 'idle'
                              AND query = 'COMMIT'
                            """)
                    == 1);
    return tail;
  }

  List<String> lines() {
    return out.toString().lines().toList();
  }

  String err() {
    return err.toString();
  }

  /** Waits for its end. */
  int exitCode() {
    ended = true;
    await().atMost(Duration.ofSeconds(30)).until(exitCode::isDone);
    return exitCode.join();
  }

  @Override
  public void close() {
    thread.shutdownNow();
    if (!ended) {
      assertThat(exitCode()).as(err()).isZero();
    }
  }
}
