package dev.howdah.benchmarks;

import java.util.List;
import java.util.UUID;

/**
 * What the threads of an application log: lines over and over, with trace id and user of a request
 * that logs ten of them, and a duration.
 */
final class Traffic {

  private static final int EVENTS_A_REQUEST = 10;

  private final Framework framework;
  private final List<Framework.Call> calls;
  private final List<String> traceIds;

  /**
   * Looks all loggers up, as an application's static fields do.
   *
   * @param framework what logs
   * @param lines what is logged
   */
  Traffic(Framework framework, LogLines lines) {
    this.framework = framework;
    this.calls = lines.events().stream().map(framework::call).toList();
    this.traceIds = lines.events().stream().map(event -> traceId()).toList();
  }

  private static String traceId() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  /** Logs every {@code step}th event from the first one, up to an end. */
  void log(int first, int step, int end) {
    for (int i = first; i < end; i += step) {
      if ((i / step) % EVENTS_A_REQUEST == 0) {
        framework.put("trace_id", traceIds.get(i % traceIds.size()));
        framework.put("user_id", "user-" + i % 1000);
      }
      calls.get(i % calls.size()).log(i % 500);
    }
    framework.clear();
  }
}
