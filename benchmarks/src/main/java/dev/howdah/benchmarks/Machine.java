package dev.howdah.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Where a benchmark ran: what a figure is worth nothing without. */
final class Machine {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private Machine() {}

  /** Machine, JDK and PostgreSQL, to be called before anything is measured. */
  static Map<String, String> conditions(String command, TestDatabase database) {
    Map<String, String> conditions = new LinkedHashMap<>();
    conditions.put("command", command);
    conditions.put("date", today());
    conditions.put(
        "machine",
        "%d cores, %s, %d GiB, %s %s, load %s"
            .formatted(
                SYSTEM.getAvailableProcessors(),
                processor(),
                SYSTEM.getTotalMemorySize() >> 30,
                SYSTEM.getName(),
                SYSTEM.getArch(),
                Spread.number(SYSTEM.getSystemLoadAverage())));
    conditions.put("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
    conditions.put("postgresql", postgres(database));
    return conditions;
  }

  /** {@return the day, as in 2026-11-25} */
  static String today() {
    return LocalDate.now(ZoneOffset.UTC).toString();
  }

  /** CPU time of this JVM, all its threads, in nanoseconds. */
  static long cpuNanos() {
    return SYSTEM.getProcessCpuTime();
  }

  private static String postgres(TestDatabase database) {
    return "%s, fsync %s, synchronous_commit %s, shared_buffers %s"
        .formatted(
            database.value("SHOW server_version"),
            database.value("SHOW fsync"),
            database.value("SHOW synchronous_commit"),
            database.value("SHOW shared_buffers"));
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException e) {
      // Not Linux.
      return "unknown processor";
    }
  }
}
