package dev.howdah.fingerprint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.event.ThrowableInfo;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A program of the application's, compiled for the test: its class {@code com.acme.Main} has {@code
 * static void run(String)}, which throws. What it threw is fingerprinted live, or as the text that
 * a JVM of its own printed.
 */
final class Program {

  private static final String MAIN = "com.acme.Main";
  private static final String END = "-- end of trace --";

  /** Runs programs, each from a folder and with an argument, and prints what they throw. */
  private static final String LAUNCHER =
      """
      public class Launcher {
        public static void main(String[] arguments) throws Exception {
          for (int i = 0; i < arguments.length; i += 2) {
            java.net.URL folder = new java.io.File(arguments[i]).toURI().toURL();
            try (java.net.URLClassLoader loader =
                new java.net.URLClassLoader(new java.net.URL[] {folder})) {
              loader.loadClass("%s").getMethod("run", String.class).invoke(null, arguments[i + 1]);
            } catch (java.lang.reflect.InvocationTargetException e) {
              e.getCause().printStackTrace(System.out);
            }
            System.out.println("%s");
          }
        }
      }
      """
          .formatted(MAIN, END);

  private static final Pattern TYPE =
      Pattern.compile("(?m)^public (?:class|interface|record|enum) (\\w+)");

  private final Path classes;

  private Program(Path classes) {
    this.classes = classes;
  }

  /** Compiles classes of the package {@code com.acme}, one a text. */
  static Program of(Path folder, String... sources) throws IOException {
    Path classes = Files.createTempDirectory(folder, "classes");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<SimpleJavaFileObject> units = new ArrayList<>();
    for (String source : sources) {
      units.add(unit("package com.acme;" + source));
    }
    List<String> options = List.of("-d", classes.toString(), "-proc:none", "--release", "17");
    assertThat(compiler.getTask(null, null, null, options, null, units).call()).isTrue();
    return new Program(classes);
  }

  private static SimpleJavaFileObject unit(String source) {
    Matcher type = TYPE.matcher(source.replace("package com.acme;", ""));
    assertThat(type.find()).as(source).isTrue();
    URI uri = URI.create("string:///com/acme/" + type.group(1) + ".java");
    return new SimpleJavaFileObject(uri, SimpleJavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }

  /** Runs it in this JVM, in a class loader of its own. */
  Throwable thrown(String argument) throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
      loader.loadClass(MAIN).getMethod("run", String.class).invoke(null, argument);
    } catch (InvocationTargetException e) {
      return e.getCause();
    }
    throw new AssertionError("the program did not fail");
  }

  /** What it throws in this JVM, explained. */
  Explanation explained(String argument) throws Exception {
    ThrowableInfo live = ThrowableInfo.of(thrown(argument), 10_000);
    return Fingerprinter.withDefaults().explain(ErrorEvent.of(live));
  }

  /** The fingerprint of what it throws in this JVM. */
  String fingerprint(String argument) throws Exception {
    return explained(argument).fingerprint().value();
  }

  /** A program and its argument. */
  record Run(Program program, String argument) {}

  /** What it prints in a JVM of its own. */
  String printed(Path javaHome, String argument, String... jvmOptions) throws Exception {
    return printed(javaHome, List.of(new Run(this, argument)), jvmOptions).get(0);
  }

  /** What several print in one JVM. */
  static List<String> printed(Path javaHome, List<Run> runs, String... jvmOptions)
      throws Exception {
    Path launcher = Files.createTempFile(runs.get(0).program().classes, "Launcher", ".java");
    Files.writeString(launcher, LAUNCHER);
    List<String> command = new ArrayList<>();
    command.add(javaHome.resolve("bin/java").toString());
    command.addAll(List.of(jvmOptions));
    command.add(launcher.toString());
    for (Run run : runs) {
      command.add(run.program().classes.toString());
      command.add(run.argument());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return List.of(text.split(END));
  }

  /** The fingerprint of a text. */
  static String fingerprintOf(String text) {
    ThrowableInfo read = StackTraceParser.parse(text).orElseThrow(() -> new AssertionError(text));
    return Fingerprinter.withDefaults().fingerprint(ErrorEvent.of(read)).value();
  }
}
