package dev.howdah.benchmarks;

import dev.howdah.benchmarks.QuietInstances.Seen;
import dev.howdah.benchmarks.ScaleModel.Costs;
import dev.howdah.benchmarks.ScaleModel.Fleet;
import dev.howdah.benchmarks.ScaleModel.Resource;
import dev.howdah.benchmarks.ScaleModel.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The model's tables: measured beside computed, and where one server ends. */
final class ScaleTables {

  private static final double MEBI = 1 << 20;

  /** Beyond this the vacuum that PostgreSQL does every 200 million transactions is due hourly. */
  private static final double TRANSACTIONS = 200e6 / 3600;

  /** 500 connections, 16 GiB for backends, 400 MiB/s of WAL. */
  private static final Server LARGE =
      new Server(32, 500, 16 * 1024 * MEBI, 400 * MEBI, TRANSACTIONS);

  private static final double ORDINARY = 10;

  private ScaleTables() {}

  /**
   * All tables.
   *
   * @param seen few and many events of the fewest instances, by which the model is set up; then
   *     what it is checked by
   * @param locks the most that one batch held
   */
  static List<String> of(List<Seen> seen, long locks) {
    ScaleModel model = ScaleComparison.model(seen.get(0), seen.get(1));
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(costs(model.costs(), locks));
    lines.add("");
    lines.add("quiet instances, 4 batches/s each: measured | by the model | error");
    lines.add(
        "instances  events/batch  batches/s  server cores              WAL KiB/s                 connections");
    seen.forEach(point -> lines.add(checked(model, point)));
    lines.add("");
    lines.add(
        "the model, instances of 10 events/s on a server of 32 cores, 500 connections, 400 MiB/s of WAL");
    lines.add(
        "instances  flushInterval  pooler  batches/s  cores   WAL MiB/s  connections  memory GiB  2 billion ids in  scarcest: part taken");
    for (int instances : new int[] {10, 100, 1_000, 10_000}) {
      lines.add(load(model, new Fleet(instances, ORDINARY, 0.25, false)));
    }
    lines.add(load(model, new Fleet(10_000, ORDINARY, 0.25, true)));
    lines.add(load(model, new Fleet(10_000, ORDINARY, 1, true)));
    lines.add(load(model, new Fleet(10_000, ORDINARY, 10, true)));
    lines.add("");
    lines.add("where that server ends");
    for (Fleet fleet :
        List.of(
            new Fleet(1, ORDINARY, 0.25, false),
            new Fleet(1, ORDINARY, 0.25, true),
            new Fleet(1, ORDINARY, 1, true),
            new Fleet(1, ORDINARY, 10, true),
            new Fleet(1, 100, 0.25, true),
            new Fleet(1, 100, 10, true))) {
      lines.add(end(model, fleet));
    }
    return lines;
  }

  private static String costs(Costs costs, long locks) {
    return format(
        "a batch: %.0f µs of the server's processor, %.0f B of WAL, %d locks at most, %.2f ms on a connection"
            + "; each event: %.2f µs, %.0f B; an instance: %.2f connections of %.1f MiB",
        costs.cpuPerBatch() * 1e6,
        costs.walPerBatch(),
        locks,
        costs.secondsPerBatch() * 1e3,
        costs.cpuPerEvent() * 1e6,
        costs.walPerEvent(),
        costs.connections(),
        costs.memory() / MEBI);
  }

  private static String checked(ScaleModel model, Seen seen) {
    Costs costs = model.costs();
    double events = seen.batches() * seen.events();
    return format(
        "%-9d  %-12.1f  %-9.1f  %-24s  %-24s  %s",
        seen.instances(),
        seen.events(),
        seen.batches(),
        beside(seen.cores(), seen.batches() * costs.cpuPerBatch() + events * costs.cpuPerEvent()),
        beside(
            seen.wal() / 1024,
            (seen.batches() * costs.walPerBatch() + events * costs.walPerEvent()) / 1024),
        beside(seen.connections(), seen.instances() * costs.connections()));
  }

  private static String beside(double measured, double computed) {
    return format(
        "%s | %s | %+.0f %%", small(measured), small(computed), 100 * (computed / measured - 1));
  }

  private static String load(ScaleModel model, Fleet fleet) {
    Map<Resource, Double> load = model.load(fleet);
    Resource scarcest = model.scarcest(fleet, LARGE);
    double batches = fleet.batchesPerSecond();
    return format(
        "%-9d  %-13s  %-6s  %-9.0f  %-6s  %-9s  %-11.0f  %-10s  %-16s  %s: %.0f %%",
        fleet.instances(),
        Spread.number(fleet.flushSeconds()) + " s",
        fleet.pooled() ? "yes" : "no",
        batches,
        small(load.get(Resource.CPU)),
        small(load.get(Resource.WAL) / MEBI),
        load.get(Resource.CONNECTIONS),
        small(load.get(Resource.MEMORY) / MEBI / 1024),
        Spread.number(2e9 / batches / 86_400) + " days",
        scarcest,
        100.0 * fleet.instances() / model.largest(fleet, LARGE));
  }

  private static String end(ScaleModel model, Fleet fleet) {
    return format(
        "%.0f events/s each, flushInterval %s s, %s: %,d instances, by %s",
        fleet.events(),
        small(fleet.flushSeconds()),
        fleet.pooled() ? "pooler" : "no pooler",
        model.largest(fleet, LARGE),
        model.scarcest(fleet, LARGE));
  }

  private static String small(double value) {
    return value < 0.1 ? format("%.4f", value) : Spread.number(value);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
