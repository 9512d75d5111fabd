package dev.howdah.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The command line behind {@code bin/chaos}: runs scenarios one after the other, prints a table and
 * writes it as JSON. Exit code 0: nothing was lost, nothing is there twice; 1: a scenario failed;
 * 2: the command line was wrong.
 */
public final class Chaos {

  /** A new scenario is a class, and a line here. */
  static final List<Scenario> SCENARIOS =
      List.of(
          new CutSweep(), //
          new HalfOpen(),
          new TerminatedBackends(),
          new KilledServer(),
          new Failover(),
          new KilledApplication(),
          new LongOutage(),
          new FullDisk(),
          new DecidedErrors(),
          new KilledDispatchers());

  private static final Path RESULTS = Path.of("chaos", "results", "chaos.json");
  private static final String QUICK = "--quick";
  private static final String LIST = "--list";
  private static final String SEED = "--seed=";

  private Chaos() {}

  /**
   * Runs scenarios.
   *
   * @param args their names, none for all; {@code --quick} for the short form, {@code --seed=N} for
   *     the random numbers of an earlier run
   */
  public static void main(String[] args) {
    System.exit(run(List.of(args)));
  }

  static int run(List<String> args) {
    boolean quick = false;
    long seed = ThreadLocalRandom.current().nextInt(1_000_000);
    List<Scenario> chosen = new ArrayList<>();
    for (String arg : args) {
      if (arg.equals(LIST)) {
        System.out.print(usage());
        return 0;
      } else if (arg.equals(QUICK)) {
        quick = true;
      } else if (arg.matches(SEED + "\\d{1,18}")) {
        seed = Long.parseLong(arg.substring(SEED.length()));
      } else {
        List<Scenario> named = SCENARIOS.stream().filter(s -> s.name().equals(arg)).toList();
        if (named.isEmpty()) {
          System.err.print("chaos: what is '" + arg + "'?\n\n" + usage());
          return 2;
        }
        chosen.addAll(named);
      }
    }
    return run(chosen.isEmpty() ? SCENARIOS : chosen, new Run(quick, seed));
  }

  private static int run(List<Scenario> scenarios, Run run) {
    System.out.println("seed " + run.seed());
    List<Verdict> verdicts = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      System.out.println(scenario.name() + ": " + scenario.summary());
      verdicts.add(judge(scenario, run));
    }
    Summary summary = new Summary(run, verdicts);
    System.out.print("\n" + summary.text());
    try {
      summary.writeJson(RESULTS);
    } catch (IOException e) {
      System.err.println("chaos: " + RESULTS + " could not be written: " + e);
      return 1;
    }
    return summary.isPassed() ? 0 : 1;
  }

  /** Runs one scenario, for a bounded time; one that does not work has failed. */
  static Verdict judge(Scenario scenario, Run run) {
    long start = System.nanoTime();
    Outcome outcome = outcome(scenario, run);
    return new Verdict(scenario.name(), outcome, (System.nanoTime() - start) / 1e9);
  }

  private static Outcome outcome(Scenario scenario, Run run) {
    Duration limit = Duration.ofMinutes(run.quick() ? 2 : 15);
    FutureTask<Outcome> task = new FutureTask<>(() -> scenario.run(run));
    Thread thread = new Thread(task, scenario.name());
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      e.getCause().printStackTrace();
      return failed(withCauses(e.getCause()));
    } catch (TimeoutException e) {
      String where = List.of(thread.getStackTrace()).toString();
      task.cancel(true);
      return failed("did not end within " + limit + ": " + where);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      task.cancel(true);
      return failed("interrupted");
    }
  }

  /** The trace may be lost in a long log; what is said of the scenario tells the cause too. */
  private static String withCauses(Throwable thrown) {
    StringBuilder text = new StringBuilder(thrown.toString());
    for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
      text.append(", caused by ").append(cause);
    }
    return text.toString();
  }

  private static Outcome failed(String why) {
    return new Outcome(0, Tally.NOTHING, List.of(why));
  }

  private static String usage() {
    StringBuilder usage = new StringBuilder("usage: bin/chaos [NAME...] [--quick] [--seed=N]\n\n");
    for (Scenario scenario : SCENARIOS) {
      usage.append("  %-20s %s%n".formatted(scenario.name(), scenario.summary()));
    }
    return usage
        .append("%n  without a name, all of them; --quick ends within a minute%n".formatted())
        .toString();
  }
}
