package dev.howdah.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.ForkedJvm;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What an application may leave out. */
@PostgresTest
class OptionalPartsTest {

  /** An application that has neither copies in memory, Spring nor Micrometer. */
  static final class PlainProgram {
    private PlainProgram() {}

    public static void main(String[] args) {
      PGSimpleDataSource dataSource = new PGSimpleDataSource();
      dataSource.setURL(args[0]);
      dataSource.setUser(args[1]);
      dataSource.setPassword(args[2]);
      try (PostgresCache cache = PostgresCache.open(dataSource)) {
        cache.set("key", 1);
        int computed = cache.getOrCompute("computed", Integer.class, Duration.ofHours(1), () -> 2);
        System.out.println(cache.get("key") + " " + computed + " " + cache.cleanUp());
      }
    }
  }

  @Test
  void withoutCaffeineSpringAndAPoolTheCacheServes(TestDatabase database)
      throws IOException, InterruptedException {
    Pattern optional = Pattern.compile("caffeine|spring|micrometer|HikariCP|slf4j|jspecify");
    String classPath =
        Pattern.compile(File.pathSeparator, Pattern.LITERAL)
            .splitAsStream(System.getProperty("java.class.path"))
            .filter(part -> !optional.matcher(new File(part).getName()).find())
            .collect(Collectors.joining(File.pathSeparator));

    ForkedJvm.Result result =
        ForkedJvm.java(
            List.of(
                "-cp",
                classPath,
                PlainProgram.class.getName(),
                database.url(),
                database.username(),
                database.password()),
            Map.of());

    assertThat(result.output()).isEqualToIgnoringNewLines("1 2 0");
    assertThat(result.exitCode()).isZero();
  }
}
