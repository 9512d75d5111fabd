package dev.howdah.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.event.ThrowableInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/fingerprints.md} are those of the code. A failure prints the table. */
class FingerprintsDocumentTest {

  private final String document;

  FingerprintsDocumentTest() throws IOException {
    document = Files.readString(Path.of("../docs/fingerprints.md"));
  }

  @Test
  void showsEveryRuleForFrames() {
    assertThat(document)
        .contains(
            Arrays.stream(FrameRule.values())
                .map(
                    rule ->
                        row(rule.name(), rule.meaning(), code(rule.before()), after(rule.after())))
                .collect(Collectors.joining()));
  }

  @Test
  void showsEveryParameterOfMessages() {
    assertThat(document)
        .contains(
            Arrays.stream(Parameter.values())
                .map(
                    parameter ->
                        row(
                            parameter.placeholder(),
                            code(parameter.before()),
                            code(parameter.after())))
                .collect(Collectors.joining()));
  }

  @Test
  void explainsItsExampleAsTheCodeDoes() {
    String trace =
        document.substring(
            document.indexOf("java.lang.NumberFormatException"), document.indexOf("\"\"\";"));
    ThrowableInfo read =
        StackTraceParser.parse(trace.translateEscapes().stripIndent()).orElseThrow();
    assertThat(document)
        .contains(
            "```text\n" + Fingerprinter.withDefaults().explain(ErrorEvent.of(read)) + "```\n");
  }

  private static String after(@Nullable String name) {
    return name == null ? "dropped" : code(name);
  }

  private static String code(String text) {
    return '`' + text + '`';
  }

  private static String row(String first, String... others) {
    return "| `" + first + "` | " + String.join(" | ", others) + " |\n";
  }
}
