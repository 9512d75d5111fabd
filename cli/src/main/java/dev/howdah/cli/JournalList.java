package dev.howdah.cli;

import dev.howdah.journal.JournalFolder;
import dev.howdah.journal.JournalOwner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What has not been written yet, and who waits to write it. */
@Command(
    name = "list",
    description = "Lists journals: what is not in the database yet.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:a folder can't be read", "2:the command line is wrong"})
final class JournalList implements Callable<Integer> {

  private static final String[] COLUMNS = {
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
    "folder"
  };

  @Mixin private Journals journals;
  @Mixin private Output output;

  @Override
  public Integer call() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (JournalFolder folder : journals.find()) {
      rows.add(row(Survey.of(folder)));
    }
    output.print(rows, COLUMNS);
    return 0;
  }

  private static Row row(Survey survey) throws IOException {
    JournalOwner owner = survey.owner();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("service", owner.service());
    values.put("instance", owner.instanceId());
    if (owner.host() != null) {
      values.put("host", owner.host());
    }
    values.put("pid", owner.pid());
    values.put("started", owner.startedAt());
    values.put("segments", survey.segments());
    values.put("bytes", survey.bytes());
    values.put("batches", survey.batches());
    values.put("rows", survey.rows());
    values.put("held", survey.held());
    values.put("folder", survey.path().toString());
    return new Row(values);
  }
}
