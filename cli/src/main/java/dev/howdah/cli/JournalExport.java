package dev.howdah.cli;

import dev.howdah.batch.Batch;
import dev.howdah.encode.RowJson;
import dev.howdah.journal.JournalFolder;
import dev.howdah.journal.JournalOwner;
import dev.howdah.journal.JournalReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Journals as text, for other tools. */
@Command(
    name = "export",
    description =
        "Prints the rows of journals, with the columns of the view logs. Changes nothing.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all is printed", "1:a part is damaged, or can't be read"})
final class JournalExport implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private Journals journals;

  @Option(
      names = "--ndjson",
      required = true,
      description = "One JSON object a line, in UTF-8: the only format so far.")
  @SuppressWarnings("UnusedVariable") // Asked for, so that a second format breaks no script.
  private boolean ndjson;

  @Override
  public Integer call() throws IOException {
    boolean whole = true;
    for (JournalFolder folder : journals.find()) {
      whole &= export(folder);
    }
    return whole ? 0 : 1;
  }

  private boolean export(JournalFolder folder) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Troubles troubles = new Troubles();
    FrameDictionary dictionary = new FrameDictionary();
    Batch batch = new Batch();
    try (JournalReader reader = folder.reader(troubles)) {
      while (reader.next(batch)) {
        dictionary.learn(batch);
        for (int row = 0; row < batch.count(); row++) {
          out.print(line(reader.owner(), batch, row, dictionary));
          out.print('\n');
        }
      }
    }
    troubles.list().forEach(spec.commandLine().getErr()::println);
    return troubles.list().isEmpty();
  }

  private static ObjectNode line(
      JournalOwner owner, Batch batch, int row, FrameDictionary dictionary) {
    ObjectNode line = RowJson.object();
    line.put("service", owner.service());
    line.put("environment", owner.environment());
    line.put("release", owner.release());
    line.put("host", owner.host());
    line.put("pid", owner.pid());
    RowJson.add(batch, row, line);
    dictionary.complete(line);
    line.removeNulls();
    return line;
  }
}
