package dev.howdah.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EmbeddedServerTest {

  private static final Map<String, String> TELLS_THE_TRUTH = Map.of("synchronous_commit", "on");

  @Test
  void oneThatWasKilledHasWhatWasCommittedAndNothingElse() throws SQLException {
    try (EmbeddedServer server = EmbeddedServer.start(TELLS_THE_TRUTH)) {
      TestDatabase root = server.root();
      root.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000)");
      try (Connection open = root.connect()) {
        open.setAutoCommit(false);
        open.createStatement().execute("INSERT INTO kept VALUES (-1)");

        server.killHard();

        assertThatThrownBy(open::commit)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
      }
      assertThatThrownBy(() -> root.count("SELECT 1")).hasStackTraceContaining("refused");
      server.restart();
      assertThat(root.count("SELECT count(*) FROM kept")).isEqualTo(1000);
    }
  }

  @Test
  void noneOfItsProcessesOutlivesTheKill() {
    try (EmbeddedServer server = EmbeddedServer.start(Map.of())) {
      assertThat(processesOf(server)).isNotEmpty();
      List<ProcessHandle> all =
          processesOf(server).stream().flatMap(ProcessHandle::descendants).toList();
      assertThat(all).isNotEmpty();

      server.killHard();

      assertThat(all).noneMatch(ProcessHandle::isAlive);
      assertThat(processesOf(server)).isEmpty();
    }
  }

  @Test
  void oneThatWasStoppedStartsAgainAtTheSamePlace() {
    try (EmbeddedServer server = EmbeddedServer.start(Map.of("max_connections", "7"))) {
      TestDatabase root = server.root();
      root.execute("CREATE TABLE kept (id int)");

      server.stopFast();
      assertThatThrownBy(() -> root.count("SELECT 1")).hasStackTraceContaining("refused");
      server.restart();

      assertThat(root.count("SELECT count(*) FROM kept")).isZero();
      assertThat(root.count("SHOW max_connections")).isEqualTo(7);
      server.restart();
      assertThat(root.count("SELECT count(*) FROM kept")).isZero();
    }
  }

  @Test
  void nothingIsLeftOfIt() throws IOException {
    EmbeddedServer stopped = EmbeddedServer.start(Map.of());
    EmbeddedServer killed = EmbeddedServer.start(Map.of());
    killed.killHard();

    stopped.close();
    killed.close();

    for (EmbeddedServer server : List.of(stopped, killed)) {
      assertThat(server.data()).doesNotExist();
      assertThat(processesOf(server)).isEmpty();
      try (Stream<Path> sockets = Files.list(Path.of("/tmp"))) {
        assertThat(sockets).noneMatch(file -> file.endsWith(".s.PGSQL." + server.root().port()));
      }
    }
  }

  private static List<ProcessHandle> processesOf(EmbeddedServer server) {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").contains(server.data().toString()))
        .toList();
  }
}
