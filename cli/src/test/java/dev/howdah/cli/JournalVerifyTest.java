package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalVerifyTest {

  private static final int SEVERAL_BATCHES = 2000;

  @TempDir Path directory;

  @Test
  void aWholeJournalIsSaidToBe() throws IOException {
    Path journal = LeftJournal.of(directory, "shop", 12);

    Ran ran = Ran.howdah("journal", "verify", directory);

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains(journal.toString(), "rows 12, INFO 11, ERROR 1");
    assertThat(ran.out()).doesNotContain("damaged");
  }

  @Test
  void aDamagedFrameIsFoundAndTheOthersAreCounted() throws IOException {
    Path journal = LeftJournal.of(directory, "shop", SEVERAL_BATCHES);
    LeftJournal.damage(journal, 5000);
    byte[] before = Files.readAllBytes(journal.resolve("00000001.journal"));

    Ran ran = Ran.howdah("journal", "verify", journal);

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out())
        .containsPattern("damaged: \\d+ bytes at \\d+ of .*00000001.journal")
        .containsPattern("batches \\d+, rows \\d+, INFO \\d+, ERROR 1")
        .doesNotContain("rows " + SEVERAL_BATCHES + ",");
    assertThat(Files.readAllBytes(journal.resolve("00000001.journal"))).isEqualTo(before);
  }

  @Test
  void aTornTailIsFound() throws IOException {
    Path journal = LeftJournal.of(directory, "shop", 12);
    Path segment = journal.resolve("00000001.journal");
    byte[] whole = Files.readAllBytes(segment);
    int end = whole.length;
    while (whole[end - 1] == 0) {
      end--;
    }
    Files.write(segment, Arrays.copyOf(whole, end - 100));

    Ran ran = Ran.howdah("journal", "verify", journal);

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).contains("damaged: ");
  }

  @Test
  void programsReadWhatIsDamaged() throws IOException {
    Path journal = LeftJournal.of(directory, "shop", SEVERAL_BATCHES);
    LeftJournal.damage(journal, 5000);

    Ran ran = Ran.howdah("journal", "verify", "--json", journal);

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).startsWith("{\"folder\":\"" + journal + "\",\"batches\":");
    assertThat(ran.out()).contains("\"troubles\":[\"damaged: ");
  }
}
