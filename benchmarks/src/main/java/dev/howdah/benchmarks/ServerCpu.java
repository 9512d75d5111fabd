package dev.howdah.benchmarks;

import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Processor time of a PostgreSQL on this machine: of its backends, of its processes in the
 * background, and of those of them that have ended. Known on Linux only, from {@code
 * /proc/PID/stat} as proc_pid_stat(5) describes it; elsewhere, and for a server that runs in a
 * container or on another machine, it is not a number.
 */
final class ServerCpu {

  /** The kernel tells times in hundredths of a second, whatever its own clock does. */
  private static final double TICKS = 100;

  private static final Path PROCESSES = Path.of("/proc");

  /** Of what follows the name in parentheses; it may have blanks itself. */
  private static final int PARENT = 1;

  private static final int OWN = 11; // utime and stime
  private static final int OF_ENDED_CHILDREN = 13; // cutime and cstime

  private final @Nullable Long postmaster;

  private ServerCpu(@Nullable Long postmaster) {
    this.postmaster = postmaster;
  }

  /** Looks for the server among the processes of this machine. */
  static ServerCpu of(TestDatabase database) {
    String checkpointer =
        Objects.requireNonNull(
            database.value("SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'"));
    Path process = PROCESSES.resolve(checkpointer);
    try {
      // A server in a container has numbers of its own, which are others' here.
      String title = Files.readString(process.resolve("cmdline"));
      boolean ours = title.startsWith("postgres:") && title.contains("checkpointer");
      List<String> stat = stat(process);
      return new ServerCpu(ours && stat.size() > PARENT ? Long.valueOf(stat.get(PARENT)) : null);
    } catch (IOException e) {
      return new ServerCpu(null);
    }
  }

  /** {@return seconds since the server's start, in steps of 10 ms; NaN where nobody knows} */
  double seconds() {
    if (postmaster == null) {
      return Double.NaN;
    }
    try (Stream<Path> processes = Files.list(PROCESSES)) {
      String parent = postmaster.toString();
      long children =
          processes
              .filter(path -> Character.isDigit(path.getFileName().toString().charAt(0)))
              .map(ServerCpu::stat)
              .filter(stat -> stat.size() > OWN && stat.get(PARENT).equals(parent))
              .mapToLong(stat -> ticks(stat, OWN))
              .sum();
      List<String> own = stat(PROCESSES.resolve(parent));
      return (children + ticks(own, OWN) + ticks(own, OF_ENDED_CHILDREN)) / TICKS;
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  private static long ticks(List<String> stat, int first) {
    return Long.parseLong(stat.get(first)) + Long.parseLong(stat.get(first + 1));
  }

  /** Empty for a process that has ended meanwhile. */
  private static List<String> stat(Path process) {
    try {
      String line = Files.readString(process.resolve("stat"));
      return Arrays.asList(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
    } catch (IOException e) {
      return List.of();
    }
  }
}
