package dev.howdah.cli;

import dev.howdah.HowdahConfig;
import dev.howdah.JournalReplay;
import dev.howdah.event.PipelineListener;
import dev.howdah.journal.JournalFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes journals into the database. */
@Command(
    name = "replay",
    description = "Writes journals into the database: what it has already is not written again.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is written, and the folders are deleted",
      "1:not all is written: a folder is held, or the database was away for too long"
    })
final class JournalReplayCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;
  @Mixin private Journals journals;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long to wait for a database that is away. Default: ${DEFAULT-VALUE}.")
  private int timeoutSeconds;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (timeoutSeconds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--timeout is " + timeoutSeconds + ": it must be 1 or more");
    }
    HowdahConfig config = connection.config(spec, patience());
    boolean all = true;
    for (JournalFolder folder : journals.find()) {
      all &= replay(config, folder.path());
    }
    return all ? 0 : 1;
  }

  private Duration patience() {
    return Duration.ofSeconds(timeoutSeconds);
  }

  private boolean replay(HowdahConfig config, Path folder) throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    try {
      JournalReplay replayed = JournalReplay.run(config, folder, patience(), new Telling(err));
      spec.commandLine().getOut().println(folder + ": " + replayed.rows() + " rows written");
      if (!replayed.isComplete()) {
        err.println(folder + ": not all is written; what is left stays there");
      }
      return replayed.isComplete();
    } catch (IOException e) {
      err.println(e.getMessage());
      return false;
    }
  }

  private record Telling(PrintWriter err) implements PipelineListener {
    @Override
    public void problem(String message, @Nullable Throwable cause) {
      err.println(message);
    }
  }
}
