package dev.howdah.cli;

import dev.howdah.event.Level;
import dev.howdah.journal.JournalFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Whether journals are whole. */
@Command(
    name = "verify",
    description = "Reads every frame of journals, and tells what is damaged. Changes nothing.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all is whole", "1:a part is damaged, or can't be read"})
final class JournalVerify implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private Journals journals;
  @Mixin private Output output;

  @Override
  public Integer call() throws IOException {
    boolean whole = true;
    for (JournalFolder folder : journals.find()) {
      Survey survey = Survey.of(folder);
      if (output.isJson()) {
        output.printJson(row(survey));
      } else {
        print(survey, spec.commandLine().getOut());
      }
      whole &= survey.troubles().isEmpty();
    }
    return whole ? 0 : 1;
  }

  private static Row row(Survey survey) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("folder", survey.path().toString());
    values.put("batches", survey.batches());
    values.put("rows", survey.rows());
    values.put("troubles", survey.troubles());
    return new Row(values);
  }

  private static void print(Survey survey, PrintWriter out) {
    out.println(survey.path());
    StringBuilder line = new StringBuilder();
    line.append("  batches ").append(survey.batches()).append(", rows ").append(survey.rows());
    for (Level level : Level.values()) {
      if (survey.rows(level) > 0) {
        line.append(", ").append(level).append(' ').append(survey.rows(level));
      }
    }
    out.println(line);
    survey.troubles().forEach(trouble -> out.println("  " + trouble));
  }
}
