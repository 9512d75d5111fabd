package dev.howdah.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalListTest {

  @TempDir Path directory;

  private static List<String> lines(Ran ran) {
    assertThat(ran.err()).isEmpty();
    assertThat(ran.exitCode()).isZero();
    return ran.out().lines().toList();
  }

  @Test
  void eachJournalHasALineWithWhatIsInIt() throws IOException {
    Path billing = LeftJournal.of(directory, "billing", 7);
    Path shop = LeftJournal.of(directory, "shop", 12);

    List<String> lines = lines(Ran.howdah("journal", "list", directory));

    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).startsWith("service").endsWith("folder");
    assertThat(lines.get(1))
        .startsWith("billing ")
        .containsPattern(" 7 +no +")
        .endsWith("" + billing);
    assertThat(lines.get(2)).startsWith("shop ").containsPattern(" 12 +no +").endsWith("" + shop);
    assertThat(lines.get(2)).contains(" " + ProcessHandle.current().pid() + " ");
  }

  @Test
  void aServicesFolderAndAJournalsOwnWillDo() throws IOException {
    LeftJournal.of(directory, "billing", 7);
    Path shop = LeftJournal.of(directory, "shop", 12);
    List<String> ofShop = lines(Ran.howdah("journal", "list", shop));

    assertThat(ofShop).hasSize(2);
    assertThat(lines(Ran.howdah("journal", "list", directory.resolve("shop")))).isEqualTo(ofShop);
    assertThat(lines(Ran.howdah("journal", "list", directory.resolve("shop/journal"))))
        .isEqualTo(ofShop);
  }

  @Test
  void theJournalOfARunningInstanceIsHeld() throws IOException {
    LeftJournal running = LeftJournal.start(directory, "shop").log(3);
    try {
      awaitFrame();
      assertThat(lines(Ran.howdah("journal", "list", directory)).get(1)).contains(" yes ");
    } finally {
      running.close();
    }
    assertThat(lines(Ran.howdah("journal", "list", directory)).get(1)).contains(" no ");
  }

  private void awaitFrame() {
    await().until(() -> Ran.howdah("journal", "list", directory).out().lines().count() == 2);
  }

  @Test
  void whereNothingIsLeftThereIsNoLine() throws IOException {
    assertThat(lines(Ran.howdah("journal", "list", Files.createDirectory(directory.resolve("a")))))
        .hasSize(1);
  }

  @Test
  void programsReadAnObjectForEach() throws IOException {
    Path shop = LeftJournal.of(directory, "shop", 12);

    assertThat(lines(Ran.howdah("journal", "list", "--json", directory)))
        .singleElement()
        .asString()
        .startsWith("{\"service\":\"shop\",\"instance\":")
        .contains("\"rows\":12,\"held\":\"no\",\"folder\":\"" + shop + "\"}");
  }
}
