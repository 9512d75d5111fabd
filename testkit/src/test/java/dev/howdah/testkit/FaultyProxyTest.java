package dev.howdah.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FaultyProxyTest {

  private static final int A_MOMENT_MS = 200;

  private EchoServer echo;
  private FaultyProxy proxy;

  @BeforeEach
  void start() throws IOException {
    echo = new EchoServer();
    proxy = new FaultyProxy(InetAddress.getLoopbackAddress().getHostAddress(), echo.port());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    echo.close();
  }

  @Test
  void bytesPassInBothDirections() throws IOException {
    try (Socket client = connect()) {
      assertThat(echoed(client, 'a')).isEqualTo('a');
    }
  }

  @Test
  void aPausedConnectionIsSilentAndGoesOnWhereItStopped() throws IOException {
    try (Socket client = connect()) {
      assertThat(echoed(client, 'a')).isEqualTo('a');

      proxy.pause();
      client.setSoTimeout(A_MOMENT_MS);
      assertThatThrownBy(() -> echoed(client, 'b')).isInstanceOf(SocketTimeoutException.class);

      proxy.resume();
      client.setSoTimeout(0);
      assertThat(client.getInputStream().read()).isEqualTo('b');
    }
  }

  @Test
  void aConnectionMadeDuringThePauseIsTakenButSilent() throws IOException {
    proxy.pause();
    try (Socket client = connect()) {
      client.setSoTimeout(A_MOMENT_MS);
      assertThatThrownBy(() -> echoed(client, 'a')).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void cuttingResetsOpenConnectionsAndTakesNewOnes() throws IOException {
    try (Socket before = connect();
        Socket another = connect()) {
      assertThat(echoed(before, 'a')).isEqualTo('a');
      assertThat(echoed(another, 'a')).isEqualTo('a');

      proxy.cutAll();

      assertThatThrownBy(() -> before.getInputStream().read()).isInstanceOf(SocketException.class);
      assertThatThrownBy(() -> another.getInputStream().read()).isInstanceOf(SocketException.class);
    }
    try (Socket after = connect()) {
      assertThat(echoed(after, 'b')).isEqualTo('b');
    }
  }

  @Test
  void refusingEndsNewConnectionsOnlyUntilAcceptIsCalled() throws IOException {
    try (Socket before = connect()) {
      assertThat(echoed(before, 'a')).isEqualTo('a');

      proxy.refuse();
      assertThatThrownBy(
              () -> {
                try (Socket refused = connect()) {
                  echoed(refused, 'b');
                }
              })
          .isInstanceOf(SocketException.class);
      assertThat(echoed(before, 'c')).isEqualTo('c');

      proxy.accept();
      try (Socket accepted = connect()) {
        assertThat(echoed(accepted, 'd')).isEqualTo('d');
      }
    }
  }

  @Test
  void anOrderlyEndOfTheTargetIsAnOrderlyEndForTheClient() throws IOException {
    try (Socket client = connect()) {
      assertThat(echoed(client, EchoServer.GOODBYE)).isEqualTo(EchoServer.GOODBYE);
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void itsThreadsEndWithItEvenWhilePaused() throws Exception {
    String name = "faulty-proxy-" + proxy.port() + "-";
    try (Socket client = connect()) {
      assertThat(echoed(client, 'a')).isEqualTo('a');
      proxy.pause();
      client.getOutputStream().write('b');
      assertThat(threads(name)).isEqualTo(3);

      proxy.close();

      long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
      while (threads(name) > 0 && System.nanoTime() < deadline) {
        Thread.sleep(10);
      }
      assertThat(threads(name)).isZero();
    }
  }

  @Test
  void aCutPostgresConnectionFailsAsABrokenOne() throws Exception {
    TestDatabase root = PostgresServer.shared().root();
    try (FaultyProxy toPostgres = new FaultyProxy(root.host(), root.port())) {
      TestDatabase behind =
          new TestDatabase(
              "127.0.0.1", toPostgres.port(), root.name(), root.username(), root.password());
      try (Connection connection = behind.connect()) {
        assertThat(connection.isValid(5)).isTrue();

        toPostgres.cutAll();

        assertThatThrownBy(() -> connection.createStatement().execute("SELECT 1"))
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
      }
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
  }

  private static int echoed(Socket client, int value) throws IOException {
    client.getOutputStream().write(value);
    int answer = client.getInputStream().read();
    if (answer < 0) {
      throw new SocketException("closed");
    }
    return answer;
  }

  private static long threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(prefix))
        .count();
  }
}
