package dev.howdah.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresServerTest {

  @Test
  void thereIsOneServerInAJvm() {
    assertThat(PostgresServer.shared()).isSameAs(PostgresServer.shared());
  }

  @Test
  void eachDatabaseIsEmptyAndOfItsOwnName() {
    TestDatabase first = PostgresServer.shared().createDatabase();
    TestDatabase second = PostgresServer.shared().createDatabase();

    first.execute("CREATE TABLE only_here (id int)");

    assertThat(first.name()).isNotEqualTo(second.name());
    assertThat(second.value("SELECT to_regclass('only_here')")).isNull();
    assertThat(second.value("SELECT current_database()")).isEqualTo(second.name());
  }

  @Test
  void aServerThatRunsAlreadyIsFoundByItsUrl() {
    TestDatabase root = PostgresServer.shared().root();

    PostgresServer server =
        PostgresServer.at(root.url() + "?user=" + root.username() + "&password=" + root.password());

    assertThat(server.root()).isEqualTo(root);
    assertThat(server.createDatabase().count("SELECT 1")).isEqualTo(1);
  }

  @Test
  void parametersOfTheUrlGoWithItsDatabase() {
    TestDatabase root = PostgresServer.shared().root();
    String given = "?user=" + root.username() + "&sslmode=prefer&ApplicationName=given";

    TestDatabase found = PostgresServer.at(root.url() + given).root();

    assertThat(found.url()).isEqualTo(root.url() + "?sslmode=prefer&ApplicationName=given");
    assertThat(found.value("SHOW application_name")).isEqualTo("given");
  }

  @Test
  void aServerOfATestsOwnHasItsSettingsAndIsGoneWhenClosed() {
    TestDatabase root;
    try (EmbeddedServer server = EmbeddedServer.start(Map.of("max_connections", "7"))) {
      root = server.root();
      assertThat(root.count("SHOW max_connections")).isEqualTo(7);
    }
    assertThatThrownBy(() -> root.count("SELECT 1")).hasStackTraceContaining("refused");
  }

  @Test
  void whatIsNoUrlOfPostgresIsRefusedWithAnExample() {
    assertThatThrownBy(() -> PostgresServer.at("jdbc:mysql://localhost/test"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("jdbc:postgresql://host:port/db?user=");
  }
}
