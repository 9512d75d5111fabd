package dev.howdah.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a program in a JVM of its own, on the class path of the test. */
public final class ForkedJvm {

  /**
   * How a program ended.
   *
   * @param exitCode 0 when all went well
   * @param output everything that it printed, errors too
   */
  public record Result(int exitCode, String output) {}

  private ForkedJvm() {}

  /**
   * Runs a program to its end.
   *
   * @param main the class with the method main
   * @param args what is given to it
   * @return how it ended
   * @throws IOException when no JVM starts
   * @throws InterruptedException when interrupted
   */
  public static Result run(Class<?> main, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Dfile.encoding=UTF-8", "-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(args));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
