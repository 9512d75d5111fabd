package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.testkit.EmbeddedServer;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS by parameters of the URL, against a server with a certificate of its own. */
class TlsTest {

  @TempDir static Path certificates;
  private static Certificate trusted;
  private static EmbeddedServer server;
  @TempDir Path directory;

  @BeforeAll
  static void startServer() throws Exception {
    trusted = Certificate.make(certificates, "server");
    server =
        EmbeddedServer.start(
            Map.of(
                "ssl",
                "on",
                "ssl_cert_file",
                trusted.certificate().toString(),
                "ssl_key_file",
                trusted.key().toString()));
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"require", "verify-ca", "verify-full"})
  void eventsGoThroughAnEncryptedConnection(String mode) {
    TestDatabase db = server.root();
    try (AppenderFixture fixture = new AppenderFixture(db, directory)) {
      fixture.appender.setUrl(url(db, mode, trusted) + "&ApplicationName=" + mode);
      fixture.start().info("encrypted");
      fixture.awaitDrained();

      assertThat(
              db.query(
                  "SELECT DISTINCT ssl, version LIKE 'TLSv1.%' FROM pg_stat_ssl"
                      + " JOIN pg_stat_activity USING (pid) WHERE application_name = '"
                      + mode
                      + "'"))
          .containsExactly(List.of("t", "t"));
      assertThat(fixture.complaints()).isEmpty();
      fixture.assertBalanced();
    }
  }

  @Test
  void aServerWhoseCertificateIsNotTrustedGetsNothingAndTheStatusSaysWhy() throws Exception {
    TestDatabase db = server.root();
    Certificate other = Certificate.make(certificates, "other");
    try (AppenderFixture fixture = new AppenderFixture(db, directory)) {
      fixture.appender.setUrl(url(db, "verify-full", other));
      fixture.appender.setConnectionTimeout("1 s");
      fixture.appender.setShutdownTimeout("0");
      fixture.start().info("not for strangers");
      await().atMost(Duration.ofSeconds(20)).until(() -> !fixture.complaints().isEmpty());

      assertThat(fixture.complaints().get(0).lines().findFirst().orElseThrow())
          .startsWith("PostgreSQL can't be reached")
          .contains("setting 'url' has the value '" + url(db, "verify-full", other))
          .contains("its host, port and TLS parameters must fit a server that runs")
          .contains("SSL error");
      assertThat(fixture.stats().written()).isZero();
      assertThat(
              db.count(
                  "SELECT count(*) FROM pg_namespace WHERE nspname = '" + fixture.schema + "'"))
          .isZero();
    }
  }

  private static String url(TestDatabase db, String mode, Certificate root) {
    return db.url() + "?sslmode=" + mode + "&sslrootcert=" + root.certificate();
  }
}
