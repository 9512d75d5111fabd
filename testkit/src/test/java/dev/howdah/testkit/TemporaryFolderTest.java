package dev.howdah.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TemporaryFolderTest {

  @Test
  void whatWasPutIntoItIsGoneWithIt() throws IOException {
    Path path;
    try (TemporaryFolder folder = TemporaryFolder.create("testkit")) {
      path = folder.path();
      Path inner = Files.createDirectories(path.resolve("a/b"));
      Files.writeString(inner.resolve("file"), "text");
      Files.writeString(path.resolve("file"), "text");
      assertThat(path).isNotEmptyDirectory();
    }
    assertThat(path).doesNotExist();
  }
}
