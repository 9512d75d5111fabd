package dev.howdah.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
  void eachAnswerIsARoundTrip() throws IOException {
    try (Socket client = connect()) {
      for (int i = 0; i < 3; i++) {
        assertThat(echoed(client, 'a')).isEqualTo('a');
      }

      assertThat(proxy.connections().get(0).roundTrips()).isEqualTo(3);
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

  @ParameterizedTest
  @EnumSource(Direction.class)
  void latencyHoldsBackWhatPassesInItsDirection(Direction direction) throws IOException {
    proxy.latency(direction, Duration.ofMillis(A_MOMENT_MS));
    try (Socket client = connect()) {
      long start = System.nanoTime();
      assertThat(echoed(client, 'a')).isEqualTo('a');
      assertThat(echoed(client, 'b')).isEqualTo('b');
      assertThat(System.nanoTime() - start)
          .isGreaterThanOrEqualTo(Duration.ofMillis(2 * A_MOMENT_MS).toNanos());
    }
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void bandwidthBoundsWhatPassesInItsDirection(Direction direction) throws IOException {
    proxy.bandwidth(direction, 10_000);
    try (Socket client = connect()) {
      long start = System.nanoTime();
      client.getOutputStream().write(new byte[3_000]);
      assertThat(client.getInputStream().readNBytes(3_000)).hasSize(3_000);
      // The last portion need not have passed the line to be there.
      assertThat(System.nanoTime() - start)
          .isGreaterThanOrEqualTo(Duration.ofMillis(250).toNanos());
    }
  }

  @Test
  void aSlowLineEndsWithTheProxy() throws Exception {
    String name = "faulty-proxy-" + proxy.port() + "-";
    proxy.latency(Direction.TO_SERVER, Duration.ofHours(1));
    proxy.bandwidth(Direction.TO_CLIENT, 1);
    try (Socket client = connect()) {
      client.getOutputStream().write('a');
      proxy.close();
      await().until(() -> threads(name) == 0);
    }
  }

  @Test
  void whatIsNoBandwidthIsRefused() {
    assertThatThrownBy(() -> proxy.bandwidth(Direction.TO_CLIENT, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 bytes a second");
  }

  @Test
  void aBlackHoleSwallowsOpenConnectionsForGoodAndNewOnesUntilAcceptIsCalled() throws IOException {
    try (Socket before = connect()) {
      assertThat(echoed(before, 'a')).isEqualTo('a');

      proxy.blackHole();
      try (Socket during = connect()) {
        during.getOutputStream().write('b');
        assertThat(Heard.inAMomentBy(during)).isEqualTo(new Heard(0, Heard.Ending.SILENT));

        proxy.accept();
        before.getOutputStream().write('c');
        assertThat(Heard.inAMomentBy(before)).isEqualTo(new Heard(0, Heard.Ending.SILENT));
      }
    }
    try (Socket after = connect()) {
      assertThat(echoed(after, 'd')).isEqualTo('d');
    }
  }

  @Test
  void aFaultPlannedForTheNextConnectionStrikesThatOneOnly() throws IOException {
    proxy.strikeNext(Direction.TO_CLIENT, 2, Fault.CLOSE);
    try (Socket struck = connect()) {
      struck.getOutputStream().write(new byte[5]);
      assertThat(Heard.by(struck)).isEqualTo(new Heard(2, Heard.Ending.CLOSED));
    }
    try (Socket next = connect()) {
      next.getOutputStream().write(new byte[5]);
      assertThat(next.getInputStream().readNBytes(5)).hasSize(5);
    }
  }

  @Test
  void connectionsAreShownUntilBothSidesAreClosed() throws IOException {
    try (Socket first = connect();
        Socket second = connect()) {
      assertThat(echoed(first, 'a')).isEqualTo('a');
      assertThat(echoed(second, 'a')).isEqualTo('a');
      assertThat(proxy.connections()).hasSize(2);

      assertThat(echoed(first, EchoServer.GOODBYE)).isEqualTo(EchoServer.GOODBYE);
      await().until(() -> proxy.connections().size() == 1);
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
