package dev.howdah.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/**
 * What a command did.
 *
 * @param exitCode its exit code
 * @param out what it printed
 * @param err what it complained of
 */
record Ran(int exitCode, String out, String err) {

  /** Runs a command in this JVM. */
  static Ran howdah(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = Arrays.stream(args).map(Object::toString).toArray(String[]::new);
    int exitCode = HowdahCommand.run(new PrintWriter(out), new PrintWriter(err), words);
    return new Ran(exitCode, out.toString(), err.toString());
  }
}
