package dev.howdah.cli;

import dev.howdah.journal.JournalFolder;
import dev.howdah.journal.JournalOwner;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What has not been written yet, and who waits to write it. */
@Command(
    name = "list",
    description = "Lists journals: what is not in the database yet.",
    mixinStandardHelpOptions = true)
final class JournalList implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private Journals journals;

  @Override
  public Integer call() throws IOException {
    Table table =
        new Table(
            "service",
            "instance",
            "host",
            "pid",
            "started",
            "segments",
            "bytes",
            "batches",
            "rows",
            "held",
            "folder");
    for (JournalFolder folder : journals.find()) {
      table.add(row(Survey.of(folder)));
    }
    table.print(spec.commandLine());
    return 0;
  }

  private static List<Object> row(Survey survey) throws IOException {
    JournalOwner owner = survey.owner();
    return List.of(
        owner.service(),
        owner.instanceId(),
        Objects.requireNonNullElse(owner.host(), "-"),
        owner.pid(),
        owner.startedAt(),
        survey.segments(),
        survey.bytes(),
        survey.batches(),
        survey.rows(),
        survey.held(),
        survey.path());
  }
}
