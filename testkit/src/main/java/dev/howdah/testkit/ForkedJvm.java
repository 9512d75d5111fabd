package dev.howdah.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program in a JVM of its own, of the same JDK as the test. */
public final class ForkedJvm {

  private static final int MAX_SECONDS = 180;

  /**
   * How a program ended.
   *
   * @param exitCode 0 when all went well
   * @param output everything that it printed, errors too
   */
  public record Result(int exitCode, String output) {}

  private ForkedJvm() {}

  /**
   * Runs a program on the class path of the test to its end.
   *
   * @param main the class with the method main
   * @param args what is given to it
   * @return how it ended
   * @throws IOException when no JVM starts
   * @throws InterruptedException when interrupted
   */
  public static Result run(Class<?> main, String... args) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of("-Dfile.encoding=UTF-8", "-cp", System.getProperty("java.class.path")));
    arguments.add(main.getName());
    arguments.addAll(List.of(args));
    return java(arguments, Map.of());
  }

  /**
   * Runs the command java to its end.
   *
   * @param arguments all that follows the word java
   * @param environment variables beside those of the test
   * @return how it ended
   * @throws IOException when no JVM starts
   * @throws InterruptedException when interrupted
   * @throws AssertionError when it has not ended by itself after three minutes
   */
  public static Result java(List<String> arguments, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    Path output = Files.createTempFile("forked-jvm", ".txt");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.redirectOutput(output.toFile()).start();
      try {
        if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
          throw new AssertionError("it does not end; it said: " + Files.readString(output));
        }
        return new Result(process.exitValue(), Files.readString(output));
      } finally {
        process.destroyForcibly();
      }
    } finally {
      Files.delete(output);
    }
  }
}
