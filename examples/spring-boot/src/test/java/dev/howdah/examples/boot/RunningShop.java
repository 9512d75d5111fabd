package dev.howdah.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The shop in a JVM of its own, so that its start and its end are those of real life. */
final class RunningShop implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String PORT =
      "SELECT context->>'port' FROM monitoring.logs WHERE message = 'the shop is open'";

  private final HttpClient http = HttpClient.newHttpClient();
  private final TestDatabase db;
  private final Path console;
  private final Process process;

  RunningShop(TestDatabase db, Path console) throws IOException {
    this.db = db;
    this.console = console;
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            ShopApplication.class.getName());
    builder
        .environment()
        .putAll(
            Map.of(
                "SPRING_DATASOURCE_URL",
                db.url(),
                "SPRING_DATASOURCE_USERNAME",
                db.username(),
                // Where no password is asked for, any will do.
                "SPRING_DATASOURCE_PASSWORD",
                db.password().isEmpty() ? "none" : db.password(),
                "SPRING_PROFILES_ACTIVE",
                "test",
                "SERVER_PORT",
                "0"));
    process = builder.redirectErrorStream(true).redirectOutput(console.toFile()).start();
  }

  /** Waits until the line of the start is in the database: it has the port. */
  String awaitPort() {
    return await("the shop's first line")
        .atMost(PATIENCE)
        .failFast(() -> assertThat(process.isAlive()).as(console()).isTrue())
        // Until the shop has made it, there is no schema.
        .ignoreExceptionsInstanceOf(IllegalStateException.class)
        .until(() -> db.query(PORT), rows -> !rows.isEmpty())
        .get(0)
        .get(0);
  }

  HttpResponse<String> post(String port, String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Sends SIGTERM and returns the exit code. */
  int end() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("the shop does not end");
    }
    return process.exitValue();
  }

  String console() throws IOException {
    return Files.readString(console);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
