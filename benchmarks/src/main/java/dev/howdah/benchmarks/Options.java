package dev.howdah.benchmarks;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for behind the benchmark's name.
 *
 * @param quick whether to end within two minutes, at the price of a wider spread
 * @param show how many mistakes of each kind to list, where a benchmark judges; 0: none
 * @param corpus a folder to judge by in place of Howdah's own
 */
record Options(boolean quick, int show, @Nullable Path corpus) {

  private static final String QUICK = "--quick";
  private static final String SHOW = "--show";
  private static final String CORPUS = "--corpus";
  private static final int SHOWN = 20;

  /** The options that there are, for people. */
  static final String USAGE =
      """
        --quick         ends within two minutes, with a wider spread
        --show[=N]      grouping: lists the first N mistakes of each kind, else %d
        --corpus=FOLDER grouping: judges by other traces
      """
          .formatted(SHOWN);

  /**
   * Reads arguments that begin with two hyphens.
   *
   * @throws IllegalArgumentException when one is unknown, or its value is not what it takes
   */
  static Options parse(List<String> arguments) {
    Options options = new Options(false, 0, null);
    for (String argument : arguments) {
      options = options.with(argument);
    }
    return options;
  }

  private Options with(String argument) {
    if (argument.equals(QUICK)) {
      return new Options(true, show, corpus);
    }
    if (argument.equals(SHOW)) {
      return new Options(quick, SHOWN, corpus);
    }
    if (argument.matches(SHOW + "=\\d{1,6}")) {
      return new Options(quick, Integer.parseInt(value(argument)), corpus);
    }
    if (argument.startsWith(CORPUS + "=")) {
      return new Options(quick, show, Path.of(value(argument)));
    }
    throw new IllegalArgumentException("unknown option '" + argument + "'");
  }

  private static String value(String argument) {
    return argument.substring(argument.indexOf('=') + 1);
  }
}
