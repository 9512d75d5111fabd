package dev.howdah.benchmarks;

import java.nio.file.Path;
import java.util.List;

/**
 * The command line behind {@code bin/bench}: runs a comparison, prints its table and writes it as
 * JSON. Exit code 0: measured; 1: it failed, or rows were missing; 2: the command line was wrong.
 */
public final class Bench {

  private static final Path RESULTS = Path.of("benchmarks", "results");
  private static final String QUICK = "--quick";
  private static final List<Comparison> COMPARISONS =
      List.of(new CallerComparison(), new ThroughputComparison());

  private Bench() {}

  /**
   * Runs a comparison.
   *
   * @param args its name, and {@code --quick} where two minutes must do
   */
  public static void main(String[] args) {
    System.exit(run(List.of(args)));
  }

  static int run(List<String> args) {
    List<String> names = args.stream().filter(arg -> !arg.startsWith("--")).toList();
    List<String> options = args.stream().filter(arg -> arg.startsWith("--")).toList();
    for (String option : options) {
      if (!option.equals(QUICK)) {
        return refuse("unknown option '" + option + "'");
      }
    }
    if (names.size() != 1) {
      return refuse(names.isEmpty() ? "which benchmark?" : "one benchmark at a time");
    }
    for (Comparison comparison : COMPARISONS) {
      if (comparison.name().equals(names.get(0))) {
        return run(comparison, !options.isEmpty());
      }
    }
    return refuse("unknown benchmark '" + names.get(0) + "'");
  }

  private static int run(Comparison comparison, boolean quick) {
    try {
      Report report = comparison.run(quick);
      System.out.println("\n" + comparison.name() + ": " + comparison.summary() + "\n");
      System.out.print(report.text());
      report.writeJson(RESULTS);
      return 0;
    } catch (Exception e) {
      System.err.println("bench: " + comparison.name() + " failed");
      e.printStackTrace();
      return 1;
    }
  }

  private static int refuse(String why) {
    System.err.println("bench: " + why + "\n\nusage: bin/bench NAME [" + QUICK + "]\n");
    for (Comparison comparison : COMPARISONS) {
      System.err.printf("  %-12s %s%n", comparison.name(), comparison.summary());
    }
    System.err.printf("%n  %-12s ends within two minutes, with a wider spread%n", QUICK);
    return 2;
  }
}
