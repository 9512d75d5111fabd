package dev.howdah.jars;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.ForkedJvm;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the application in {@code src/test/application} and runs it, on the module path. */
@PostgresTest
class ModularApplicationTest {

  private static final Path SOURCES = Path.of("src", "test", "application");

  private final TestDatabase db;
  @TempDir private Path folder;

  ModularApplicationTest(TestDatabase db) {
    this.db = db;
  }

  @Test
  void anApplicationOnTheModulePathLogsByBothFrameworksIntoPostgreSql() throws Exception {
    compile();
    for (String configuration : List.of("logback.xml", "log4j2.xml")) {
      Files.copy(SOURCES.resolve(configuration), folder.resolve(configuration));
    }

    String output = run();

    assertThat(output.lines())
        .contains(
            "dev.howdah.Howdah in module dev.howdah.core",
            "dev.howdah.logback.PostgresAppender in module dev.howdah.logback",
            "dev.howdah.log4j2.PostgresAppender in module dev.howdah.log4j2")
        .filteredOn(line -> line.startsWith("written: "))
        .hasSize(2);
    assertThat(
            db.query(
                "SELECT service, level, coalesce(context->'order'->>'customer',"
                    + " context->>'customer')"
                    + " FROM monitoring.logs ORDER BY service"))
        .containsExactly(
            List.of("modular-log4j2", "WARN", "bob"), List.of("modular-logback", "WARN", "ann"));
  }

  private void compile() throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-p", PublishedJar.LIB.toString(), "-d", folder.toString()));
    arguments.addAll(List.of("--release", "17"));
    try (Stream<Path> files = Files.walk(SOURCES)) {
      files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
    }
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said);
    ToolProvider javac = ToolProvider.findFirst("javac").orElseThrow();

    int exitCode = javac.run(writer, writer, arguments.toArray(String[]::new));

    assertThat(exitCode).as(said.toString()).isZero();
  }

  private String run() throws IOException, InterruptedException {
    String password = db.password().isEmpty() ? "none" : db.password();
    ForkedJvm.Result ended =
        ForkedJvm.java(
            List.of(
                "-p",
                PublishedJar.LIB + File.pathSeparator + folder,
                "-m",
                "com.example.shop/com.example.shop.Checkout"),
            // Where no password is asked for, any will do.
            Map.of("DATABASE_URL", db.url(), "DB_USER", db.username(), "DB_PASSWORD", password));
    assertThat(ended.exitCode()).as(ended.output()).isZero();
    return ended.output();
  }
}
