package dev.howdah.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.ForkedJvm;
import dev.howdah.testkit.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a class Main and runs it in a JVM of its own, as an application's would be. */
final class ForkedJava {

  private final TestDatabase db;
  private final Path classes;

  ForkedJava(TestDatabase db, Path folder) throws IOException {
    this.db = db;
    classes = Files.createTempDirectory(folder, "java");
  }

  /** Adds a file to the class path, and returns it. */
  Path resource(String name, String text) throws IOException {
    return Files.writeString(classes.resolve(name), text);
  }

  void compile(String text) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-d",
            classes.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "-proc:none",
            "-Xlint:all,-classfile",
            "-Werror");
    boolean compiled =
        compiler.getTask(messages, null, null, options, null, List.of(source(text))).call();
    assertThat(compiled).as(messages.toString()).isTrue();
  }

  private static JavaFileObject source(String text) {
    return new SimpleJavaFileObject(URI.create("string:///Main.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  /** Returns what was printed, in which neither framework may complain. */
  String run(String... options) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.add("-XX:TieredStopAtLevel=1");
    arguments.addAll(List.of(options));
    arguments.add("-cp");
    arguments.add(classes + File.pathSeparator + System.getProperty("java.class.path"));
    arguments.add("Main");
    Map<String, String> environment =
        Map.of(
            "DATABASE_URL",
            db.url(),
            "DB_USER",
            db.username(),
            "DB_PASSWORD",
            LoggedShop.passwordOf(db),
            "SLACK_URL",
            Receiver.url());
    ForkedJvm.Result ended = ForkedJvm.java(arguments, environment);
    String output = ended.output();
    assertThat(ended.exitCode()).as(output).isZero();
    assertThat(output).doesNotContain("|-WARN", "|-ERROR", " WARN ", " ERROR ");
    return output;
  }
}
