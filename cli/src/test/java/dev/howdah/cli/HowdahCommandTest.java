package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every command has in common: help, and clear words about a wrong command line. */
class HowdahCommandTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "migrate --help",
        "partitions --help",
        "stats --help",
        "tail --help",
        "errors --help",
        "errors list --help",
        "errors show --help",
        "errors resolve --help",
        "errors ignore --help",
        "errors reopen --help",
        "errors assign --help",
        "errors merge --help",
        "errors unmerge --help",
        "fingerprint --help",
        "fingerprint explain --help",
        "journal --help",
        "journal list --help",
        "journal verify --help",
        "journal replay --help",
        "journal export --help",
        "notify --help",
        "notify test --help"
      })
  void everyCommandExplainsItself(String command) {
    Ran ran = Ran.howdah((Object[]) command.split(" "));

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).startsWith("Usage: howdah " + command.replace("--help", "").strip());
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void completionKnowsTheCommands() {
    Ran ran = Ran.howdah("generate-completion");

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out())
        .contains("journal", "verify", "replay", "export", "--ndjson")
        .contains("errors", "in-next-release", "tail", "explain");
  }

  @Test
  void aMissingUrlIsNamed() {
    Ran ran = Ran.howdah("journal", "replay", directory);

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("Missing required option: '--url=");
  }

  @Test
  void aWrongUrlIsNamedWithWhatWouldBeRight() {
    Ran ran = Ran.howdah("journal", "replay", "--url", "mysql://here", directory);

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("url", "mysql://here", "jdbc:postgresql:");
  }

  @Test
  void aTimeoutOfNothingIsNamed() {
    Ran ran = Ran.howdah("journal", "replay", "--url=jdbc:postgresql:x", "--timeout=0", directory);

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("--timeout is 0: it must be 1 or more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "verify", "export --ndjson", "replay --url=jdbc:postgresql:x"})
  void aFolderThatIsNotThereIsNamed(String command) {
    Path missing = directory.resolve("missing");

    Ran ran = Ran.howdah((Object[]) ("journal " + command + " " + missing).split(" "));

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .contains("howdah journal " + command.replaceAll(" .*", ""), missing + " is not a folder");
  }
}
