package dev.howdah;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table in {@code docs/outages.md} promises nothing that no test shows. */
class OutagesTableTest {

  private static final List<Class<?>> TESTS =
      List.of(
          BadRowsTest.class,
          DiskFullTest.class,
          FailoverTest.class,
          LoginOutagesTest.class,
          MovedHostTest.class,
          NetworkOutagesTest.class,
          SchemaOutagesTest.class,
          ServerOutagesTest.class,
          TransactionOutagesTest.class);

  @Test
  void eachRowHasItsTestAndEachTestItsRow() throws IOException {
    assertThat(rows()).isEqualTo(tested());
  }

  /** The first column of the first table, below its head. */
  private static Set<String> rows() throws IOException {
    try (Stream<String> lines = Files.lines(document())) {
      return lines
          .dropWhile(line -> !line.startsWith("|"))
          .takeWhile(line -> line.startsWith("|"))
          .skip(2)
          .map(line -> line.split("\\|", -1)[1].replace("`", "").strip())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Set<String> tested() {
    return TESTS.stream()
        .flatMap(test -> Arrays.stream(test.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Test.class))
        .map(method -> method.getAnnotation(Outage.class))
        .map(outage -> outage == null ? "a test without @Outage" : outage.value())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Path document() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("docs/outages.md"))) {
      folder = folder.getParent();
    }
    return folder.resolve("docs/outages.md");
  }
}
