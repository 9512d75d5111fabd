package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FingerprintExplainTest {

  private static final String TRACE =
      """
      2026-11-25 10:00:00 ERROR payment failed
      java.lang.IllegalStateException: no answer from 10.0.0.7
      \tat com.acme.Payment.pay(Payment.java:42)
      \tat com.acme.commons.Retry.call(Retry.java:7)
      \tat java.base/java.lang.Thread.run(Thread.java:840)
      """;

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void aTrace() throws IOException {
    file = Files.writeString(directory.resolve("trace.txt"), TRACE);
  }

  private Ran explain(Object... options) {
    Object[] words = new Object[options.length + 2];
    words[0] = "fingerprint";
    words[1] = "explain";
    System.arraycopy(options, 0, words, 2, options.length);
    return Ran.howdah(words);
  }

  private static String fingerprint(Ran ran) {
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return ran.out().lines().findFirst().orElseThrow();
  }

  @Test
  void theReasonsArePrinted() {
    Ran ran = explain(file);

    assertThat(fingerprint(ran)).matches("v1:[0-9a-f]{32}");
    assertThat(ran.out())
        .contains(
            "culprit  com.acme.Payment.pay",
            "  frame com.acme.commons.Retry.call",
            "  + com.acme.Payment.pay(Payment.java:42)",
            "  - java.base/java.lang.Thread.run(Thread.java:840)");
  }

  @Test
  void withoutAFileTheInputIsRead() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(TRACE.getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(explain()).isEqualTo(explain(file));
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void programsReadAnObject() {
    Ran ran = explain("--json", file);

    assertThat(ran.out().lines()).hasSize(1);
    assertThat(ran.out())
        .startsWith("{\"fingerprint\":\"" + fingerprint(explain(file)) + "\",\"title\":")
        .contains(
            "\"basis\":\"IN_APP_FRAMES\"",
            "{\"frame\":\"com.acme.Payment.pay(Payment.java:42)\",\"name\":\"com.acme.Payment.pay\","
                + "\"decision\":\"KEPT\",\"rules\":[]}");
  }

  @Test
  void theApplicationsSettingsCount() {
    Ran withoutCommons = explain("--not-in-app=com.acme.commons", file);

    assertThat(fingerprint(withoutCommons)).isNotEqualTo(fingerprint(explain(file)));
    assertThat(withoutCommons.out()).doesNotContain("  frame com.acme.commons.Retry.call");
    assertThat(fingerprint(explain("--not-in-app=com", "--in-app=com.acme", file)))
        .isEqualTo(fingerprint(explain(file)));
    assertThat(explain("--template", "{exception}", file).out())
        .contains("grouped by its own text:", "  java.lang.IllegalStateException");
  }

  @Test
  void aWrongSettingIsNamed() {
    Ran ran = explain("--template", "{nobody}", file);

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("{nobody} is unknown");
    assertThat(explain("--in-app", "..", file).exitCode()).isEqualTo(2);
  }

  @Test
  void textWithoutATraceIsSaidToBe() throws IOException {
    Files.writeString(file, "all is well\n");

    Ran ran = explain(file);

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualToIgnoringNewLines(
            "howdah fingerprint explain: there is no stack trace in " + file);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Ran ran = explain(directory.resolve("missing.txt"));

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("there is no file " + directory.resolve("missing.txt"));
  }
}
