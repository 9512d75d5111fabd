package dev.howdah.cli;

import dev.howdah.event.ThrowableInfo;
import dev.howdah.fingerprint.ErrorEvent;
import dev.howdah.fingerprint.Explanation;
import dev.howdah.fingerprint.Fingerprinter;
import dev.howdah.fingerprint.StackTraceParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Why a stack trace has the fingerprint it has. */
@Command(
    name = "explain",
    description = {
      "Reads a stack trace, and tells its fingerprint, what that is made of, and what became of"
          + " each frame: + counts, - does not.",
      "With the settings of the application it is the fingerprint that the application computes."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the file can't be read, or has no stack trace in it",
      "2:the command line is wrong"
    })
final class FingerprintExplain implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private Output output;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description =
          "Text with a stack trace, in UTF-8; other lines are skipped. Default: the input.")
  private @Nullable Path file;

  @Option(
      names = "--in-app",
      paramLabel = "PREFIX",
      split = ",",
      description = "Packages or classes that are the application's: the setting 'inApp'.")
  private List<String> inApp = List.of();

  @Option(
      names = "--not-in-app",
      paramLabel = "PREFIX",
      split = ",",
      description = "Packages or classes that are not: the setting 'notInApp'.")
  private List<String> notInApp = List.of();

  @Option(
      names = "--template",
      paramLabel = "TEXT",
      description = "The setting 'fingerprint', such as '{{ default }}, {exception}'.")
  private @Nullable String template;

  @Override
  public Integer call() throws IOException {
    Fingerprinter fingerprinter = fingerprinter();
    ThrowableInfo throwable =
        StackTraceParser.parse(text())
            .orElseThrow(() -> new IOException("there is no stack trace in " + source()));
    Explanation explanation = fingerprinter.explain(ErrorEvent.of(throwable));
    if (output.isJson()) {
      output.printJson(row(explanation));
    } else {
      PrintWriter out = spec.commandLine().getOut();
      out.print(Printable.block(explanation.toString()));
    }
    return 0;
  }

  private Fingerprinter fingerprinter() {
    try {
      Fingerprinter.Builder builder = Fingerprinter.builder();
      inApp.forEach(builder::inApp);
      notInApp.forEach(builder::notInApp);
      if (template != null) {
        builder.template(template);
      }
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private String text() throws IOException {
    if (file != null && !Files.isReadable(file)) {
      throw new NoSuchFileException("there is no file " + file + " that can be read");
    }
    byte[] bytes = file == null ? System.in.readAllBytes() : Files.readAllBytes(file);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String source() {
    return file == null ? "the input" : file.toString();
  }

  private static Row row(Explanation explanation) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("fingerprint", explanation.fingerprint().value());
    row.put("title", explanation.fingerprint().title());
    row.put("culprit", explanation.fingerprint().culprit());
    row.put("basis", explanation.basis());
    row.put("parts", explanation.parts());
    if (explanation.own() != null) {
      row.put("own", explanation.own());
    }
    row.put(
        "throwables", explanation.throwables().stream().map(FingerprintExplain::thrown).toList());
    return new Row(row);
  }

  private static Map<String, Object> thrown(Explanation.Thrown thrown) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("description", thrown.description());
    row.put("counts", thrown.counts());
    row.put("frames", thrown.frames().stream().map(FingerprintExplain::frame).toList());
    return row;
  }

  private static Map<String, Object> frame(Explanation.Frame frame) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("frame", frame.frame().toString());
    if (frame.name() != null) {
      row.put("name", frame.name());
    }
    row.put("decision", frame.decision());
    row.put("rules", frame.rules());
    return row;
  }
}
