package dev.howdah.benchmarks;

import java.nio.file.Path;
import java.util.List;

/**
 * The command line behind {@code bin/bench}: runs a comparison, prints its table and writes it as
 * JSON. Exit code 0: measured; 1: it failed, or rows were missing; 2: the command line was wrong.
 */
public final class Bench {

  private static final Path RESULTS = Path.of("benchmarks", "results");
  private static final List<Comparison> COMPARISONS =
      List.of(
          new CallerComparison(),
          new CaptureComparison(),
          new ThroughputComparison(),
          new GroupingComparison(),
          new CacheComparison(),
          new CacheChurnComparison(),
          new NotifyComparison());

  private Bench() {}

  /**
   * Runs a comparison.
   *
   * @param args its name, and the options of {@link Options}
   */
  public static void main(String[] args) {
    System.exit(run(List.of(args)));
  }

  static int run(List<String> args) {
    List<String> names = args.stream().filter(arg -> !arg.startsWith("--")).toList();
    Options options;
    try {
      options = Options.parse(args.stream().filter(arg -> arg.startsWith("--")).toList());
    } catch (IllegalArgumentException e) {
      return refuse(String.valueOf(e.getMessage()));
    }
    if (names.size() != 1) {
      return refuse(names.isEmpty() ? "which benchmark?" : "one benchmark at a time");
    }
    for (Comparison comparison : COMPARISONS) {
      if (comparison.name().equals(names.get(0))) {
        return run(comparison, options);
      }
    }
    return refuse("unknown benchmark '" + names.get(0) + "'");
  }

  private static int run(Comparison comparison, Options options) {
    try {
      Report report = comparison.run(options);
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
    System.err.println("bench: " + why + "\n\nusage: bin/bench NAME [OPTION…]\n");
    for (Comparison comparison : COMPARISONS) {
      System.err.printf("  %-12s %s%n", comparison.name(), comparison.summary());
    }
    System.err.print("\n" + Options.USAGE);
    return 2;
  }
}
