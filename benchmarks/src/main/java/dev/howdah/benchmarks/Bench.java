package dev.howdah.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line behind {@code bin/bench}: runs a comparison, or all of them in turn, prints each
 * table and writes it as JSON. Exit code 0: measured; 1: one failed, or rows were missing; 2: the
 * command line was wrong.
 */
public final class Bench {

  private static final String ALL = "all";
  private static final Path RESULTS = Path.of("benchmarks", "results");
  private static final List<Comparison> COMPARISONS =
      List.of(
          new CallerComparison(),
          new CaptureComparison(),
          new ThroughputComparison(),
          new ErrorsComparison(),
          new LatencyComparison(),
          new OutageComparison(),
          new StartComparison(),
          new GroupingComparison(),
          new CacheComparison(),
          new CacheChurnComparison(),
          new NotifyComparison(),
          new QueryComparison(),
          new StorageComparison(),
          new VariantsComparison(),
          new ScaleComparison());

  private final List<Comparison> comparisons;
  private final Path results;

  /**
   * A command line of its own.
   *
   * @param comparisons that can be named
   * @param results folder for their JSON
   */
  Bench(List<Comparison> comparisons, Path results) {
    this.comparisons = comparisons;
    this.results = results;
  }

  /**
   * Runs a comparison, or all.
   *
   * @param args its name or {@code all}, and the options of {@link Options}
   */
  public static void main(String[] args) {
    System.exit(run(List.of(args)));
  }

  static int run(List<String> args) {
    return new Bench(COMPARISONS, RESULTS).answer(args);
  }

  int answer(List<String> args) {
    List<String> names = args.stream().filter(arg -> !arg.startsWith("--")).toList();
    Options options;
    try {
      options = Options.parse(args.stream().filter(arg -> arg.startsWith("--")).toList());
    } catch (IllegalArgumentException e) {
      return refuse(String.valueOf(e.getMessage()));
    }
    if (names.size() != 1) {
      return refuse(names.isEmpty() ? "which benchmark?" : "one benchmark at a time, or all");
    }
    if (names.get(0).equals(ALL)) {
      return runAll(options);
    }
    for (Comparison comparison : comparisons) {
      if (comparison.name().equals(names.get(0))) {
        return run(comparison, options) ? 0 : 1;
      }
    }
    return refuse("unknown benchmark '" + names.get(0) + "'");
  }

  /** One that fails does not keep the others from running. */
  private int runAll(Options options) {
    long start = System.nanoTime();
    List<String> failed = new ArrayList<>();
    for (Comparison comparison : comparisons) {
      if (!run(comparison, options)) {
        failed.add(comparison.name());
      }
    }
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    System.out.printf(
        "%nall: %d of %d measured in %d min %d s%s%n",
        comparisons.size() - failed.size(),
        comparisons.size(),
        time.toMinutes(),
        time.toSecondsPart(),
        failed.isEmpty() ? "" : "; failed: " + String.join(", ", failed));
    return failed.isEmpty() ? 0 : 1;
  }

  private boolean run(Comparison comparison, Options options) {
    try {
      Report report = comparison.run(options);
      System.out.println("\n" + comparison.name() + ": " + comparison.summary() + "\n");
      System.out.print(report.text());
      report.writeJson(results);
      return true;
    } catch (Exception | Error e) {
      System.err.println("bench: " + comparison.name() + " failed");
      e.printStackTrace();
      return false;
    }
  }

  private int refuse(String why) {
    System.err.println("bench: " + why + "\n\nusage: bin/bench NAME [OPTION…]\n");
    System.err.printf("  %-12s %s%n", ALL, "each of these in turn");
    for (Comparison comparison : comparisons) {
      System.err.printf("  %-12s %s%n", comparison.name(), comparison.summary());
    }
    System.err.print("\n" + Options.USAGE);
    return 2;
  }
}
