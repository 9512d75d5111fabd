package dev.howdah.cli;

import dev.howdah.event.Level;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The latest log lines. */
@Command(
    name = "tail",
    description = {
      "Prints the latest log lines, oldest first, by UTC.",
      "With -f those that come later too, each once and whenever it arrives, even after an outage:"
          + " what was logged from --since on, or else from a minute before the start."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the database is away or refuses; with -f: or went away",
      "2:the command line is wrong"
    })
final class TailCommand implements Callable<Integer> {

  private static final long DEFAULT_LINES = 20;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Following takes a fifth of one of the server's cores at most. */
  private static final int REST = 4;

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;
  @Mixin private Scope scope;
  @Mixin private Output output;

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on with lines that come later, until interrupted.")
  private boolean follow;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      description = "Only this level and above: ${COMPLETION-CANDIDATES}.")
  private @Nullable Level level;

  @Option(
      names = "--logger",
      paramLabel = "PREFIX",
      description = "Only of loggers whose name begins so.")
  private @Nullable String logger;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = Moment.Converter.class,
      description = "Only what was logged since: 15m, 2h, 7d, 2026-11-25T10:00Z.")
  private @Nullable Moment since;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "LINES",
      description = "How many at most. Default: " + DEFAULT_LINES + ", with --since all.")
  private @Nullable Long lines;

  @Override
  public Integer call() throws SQLException {
    if (lines != null && lines < 0) {
      throw new ParameterException(
          spec.commandLine(), "--lines is " + lines + ": it must be 0 or more");
    }
    Instant now = Instant.now();
    Instant from = since == null ? null : since.ago(now);
    try (Monitoring db = connection.open(spec)) {
      Tail tail = new Tail(db, conditions());
      Consumer<Row> printer = printer();
      if (!follow) {
        tail.latest(limit(), from, printer);
        return 0;
      }
      tail.begin(limit(), from, now, printer);
      follow(tail, printer);
      return 0;
    }
  }

  private @Nullable Long limit() {
    return lines == null && since == null ? Long.valueOf(DEFAULT_LINES) : lines;
  }

  private Conditions conditions() {
    return scope
        .to(new Conditions())
        .and("level >= ?::monitoring.log_level", level)
        .and("starts_with(logger, ?)", logger);
  }

  private Consumer<Row> printer() {
    if (output.isJson()) {
      return output::printJson;
    }
    PrintWriter out = spec.commandLine().getOut();
    LogLine line = new LogLine(spec.commandLine().getColorScheme().ansi());
    return row -> out.println(line.of(row));
  }

  /** Until interrupted, or nobody reads what is printed. */
  private void follow(Tail tail, Consumer<Row> printer) throws SQLException {
    PrintWriter out = spec.commandLine().getOut();
    long pause = PAUSE.toMillis();
    while (!out.checkError()) {
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        return;
      }
      long start = System.nanoTime();
      tail.poll(Instant.now(), printer);
      long took = Duration.ofNanos(System.nanoTime() - start).toMillis();
      pause = Math.max(PAUSE.toMillis(), REST * took);
    }
  }
}
