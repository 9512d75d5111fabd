package dev.howdah.benchmarks;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;

/**
 * What many instances ask of one server. Everything grows in proportion to the instances, since no
 * row is written by two of them: what is a constant here is measured, the rest is arithmetic.
 * Immutable.
 *
 * @param costs what was measured
 */
record ScaleModel(Costs costs) {

  /**
   * What a batch, an event and an instance cost.
   *
   * @param cpuPerBatch seconds of the server's processor, without the events
   * @param cpuPerEvent seconds more for each event
   * @param walPerBatch bytes of WAL, without the events
   * @param walPerEvent bytes more for each event
   * @param connections of an instance
   * @param memory private bytes of a backend
   * @param secondsPerBatch how long a batch occupies a connection
   */
  record Costs(
      double cpuPerBatch,
      double cpuPerEvent,
      double walPerBatch,
      double walPerEvent,
      double connections,
      double memory,
      double secondsPerBatch) {

    /** Slope and intercept of a straight line through two measured points, by events a batch. */
    static double perEvent(double few, double fewCost, double many, double manyCost) {
      return (manyCost - fewCost) / (many - few);
    }
  }

  /**
   * Instances that are alike.
   *
   * @param instances how many
   * @param events events a second, of each; at random times
   * @param flushSeconds setting {@code flushInterval}
   * @param pooled whether a pooler in transaction mode lets them share connections
   */
  record Fleet(int instances, double events, double flushSeconds, boolean pooled) {

    /**
     * Of all together. A batch is open for {@code flushSeconds} after its first event; then it
     * takes 1 / events seconds until the next one opens another.
     */
    double batchesPerSecond() {
      return instances * events / (1 + events * flushSeconds);
    }
  }

  /**
   * What a server has to give.
   *
   * @param cores processors
   * @param connections its {@code max_connections}
   * @param memory bytes for private memory of backends, beside {@code shared_buffers}
   * @param walPerSecond bytes a second that its disk, archive and standbys take
   * @param transactions transaction ids a second
   */
  record Server(
      double cores, double connections, double memory, double walPerSecond, double transactions) {}

  /** What may run out. */
  enum Resource {
    CPU("processor"),
    CONNECTIONS("connections"),
    MEMORY("memory of backends"),
    WAL("WAL"),
    TRANSACTION_IDS("transaction ids");

    private final String label;

    Resource(String label) {
      this.label = label;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  /**
   * How much of each resource is taken: cores, connections, bytes, bytes a second, ids a second.
   */
  Map<Resource, Double> load(Fleet fleet) {
    double batches = fleet.batchesPerSecond();
    double events = fleet.instances() * fleet.events();
    double connections =
        fleet.pooled()
            ? Math.min(batches * costs.secondsPerBatch(), fleet.instances() * costs.connections())
            : fleet.instances() * costs.connections();
    Map<Resource, Double> load = new EnumMap<>(Resource.class);
    load.put(Resource.CPU, batches * costs.cpuPerBatch() + events * costs.cpuPerEvent());
    load.put(Resource.CONNECTIONS, connections);
    load.put(Resource.MEMORY, connections * costs.memory());
    load.put(Resource.WAL, batches * costs.walPerBatch() + events * costs.walPerEvent());
    load.put(Resource.TRANSACTION_IDS, batches);
    return load;
  }

  /** The resource of which the largest part is taken. */
  Resource scarcest(Fleet fleet, Server server) {
    Map<Resource, Double> load = load(fleet);
    return Arrays.stream(Resource.values())
        .max(Comparator.comparingDouble(r -> load.get(r) / capacity(server, r)))
        .orElseThrow();
  }

  /** How many instances like these one server takes until the scarcest resource is used up. */
  long largest(Fleet fleet, Server server) {
    Resource scarcest = scarcest(fleet, server);
    double part = load(fleet).get(scarcest) / capacity(server, scarcest);
    return (long) (fleet.instances() / part);
  }

  private static double capacity(Server server, Resource resource) {
    return switch (resource) {
      case CPU -> server.cores();
      case CONNECTIONS -> server.connections();
      case MEMORY -> server.memory();
      case WAL -> server.walPerSecond();
      case TRANSACTION_IDS -> server.transactions();
    };
  }
}
