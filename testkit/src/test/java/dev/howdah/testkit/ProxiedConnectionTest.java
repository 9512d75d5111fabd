package dev.howdah.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.howdah.testkit.Heard.Ending;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ends of one connection, and what each hears when it fails. */
@Timeout(20)
class ProxiedConnectionTest {

  private ServerSocket listener;
  private FaultyProxy proxy;
  private Socket client;
  private Socket server;
  private ProxiedConnection connection;

  @BeforeEach
  void connect() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    proxy =
        new FaultyProxy(InetAddress.getLoopbackAddress().getHostAddress(), listener.getLocalPort());
    client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    server = listener.accept();
    await().until(() -> proxy.connections().size() == 1);
    connection = proxy.connections().get(0);
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
    proxy.close();
    listener.close();
  }

  private Socket sender(Direction direction) {
    return direction == Direction.TO_SERVER ? client : server;
  }

  private Socket receiver(Direction direction) {
    return sender(direction.opposite());
  }

  private static void send(Socket from, int bytes) throws IOException {
    from.getOutputStream().write(new byte[bytes]);
  }

  @Test
  void bytesAreCountedInEachDirection() throws IOException {
    send(client, 10);
    assertThat(server.getInputStream().readNBytes(10)).hasSize(10);
    send(server, 3);
    assertThat(client.getInputStream().readNBytes(3)).hasSize(3);

    assertThat(connection.passed(Direction.TO_SERVER)).isEqualTo(10);
    assertThat(connection.passed(Direction.TO_CLIENT)).isEqualTo(3);
    assertThat(connection.fault()).isNull();
  }

  @Test
  void eachAnswerIsARoundTripHoweverMuchWasSentForIt() throws IOException {
    for (int i = 0; i < 2; i++) {
      send(client, 10);
      assertThat(server.getInputStream().readNBytes(10)).hasSize(10);
      send(client, 10);
      assertThat(server.getInputStream().readNBytes(10)).hasSize(10);
      send(server, 3);
      assertThat(client.getInputStream().readNBytes(3)).hasSize(3);
    }

    assertThat(connection.roundTrips()).isEqualTo(2);
  }

  private static Stream<Arguments> cuts() {
    return Arrays.stream(Direction.values())
        .flatMap(
            direction ->
                IntStream.of(0, 1, 9, 10)
                    .boxed()
                    .flatMap(
                        bytes ->
                            Stream.of(Fault.RESET, Fault.CLOSE)
                                .map(fault -> Arguments.of(direction, bytes, fault))));
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void aCutDeliversExactlyTheBytesBeforeIt(Direction direction, int bytes, Fault fault)
      throws IOException {
    connection.strikeAfter(direction, bytes, fault);
    if (bytes > 0) {
      send(sender(direction), 10);
    }

    Ending ending = fault == Fault.RESET ? Ending.RESET : Ending.CLOSED;
    assertThat(Heard.by(receiver(direction))).isEqualTo(new Heard(bytes, ending));
    assertThat(Heard.by(sender(direction))).isEqualTo(new Heard(0, ending));
    assertThat(connection.passed(direction)).isEqualTo(bytes);
    assertThat(connection.fault()).isEqualTo(fault);
  }

  @Test
  void aPlanCountsFromWhereTheConnectionIs() throws IOException {
    send(client, 10);
    assertThat(server.getInputStream().readNBytes(10)).hasSize(10);

    connection.strikeAfter(Direction.TO_SERVER, 5, Fault.RESET);
    send(client, 10);

    assertThat(Heard.by(server)).isEqualTo(new Heard(5, Ending.RESET));
  }

  @Test
  void aPlanReplacesTheOneBefore() throws IOException {
    connection.strikeAfter(Direction.TO_SERVER, 5, Fault.RESET);
    connection.strikeAfter(Direction.TO_CLIENT, 2, Fault.CLOSE);
    send(client, 10);
    assertThat(server.getInputStream().readNBytes(10)).hasSize(10);
    send(server, 10);

    assertThat(Heard.by(client)).isEqualTo(new Heard(2, Ending.CLOSED));
  }

  @Test
  void aSlowReaderGetsAllThatCameBeforeAnOrderlyCut() throws Exception {
    int large = 3_000_000;
    connection.strikeAfter(Direction.TO_SERVER, large, Fault.CLOSE);
    Thread sender =
        new Thread(
            () -> {
              try {
                send(client, large + 10);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    sender.start();
    // Until the proxy has read it all, or as much as the kernel takes without a reader.
    await().until(() -> connection.passed(Direction.TO_SERVER) > 0);

    assertThat(Heard.by(server)).isEqualTo(new Heard(large, Ending.CLOSED));
    sender.join();
  }

  @Test
  void noAnswerToTheLastByteBeforeTheCutPasses() throws IOException {
    connection.strikeAfter(Direction.TO_SERVER, 1, Fault.LOSE_CLIENT);
    send(client, 1);
    assertThat(server.getInputStream().read()).isZero();
    send(server, 1);

    assertThat(Heard.by(client)).isEqualTo(new Heard(0, Ending.RESET));
    assertThat(connection.passed(Direction.TO_CLIENT)).isZero();
  }

  @Test
  void aBlackHoleSwallowsAndTellsNobodyAnything() throws IOException {
    connection.strike(Fault.BLACK_HOLE);

    // More than buffers hold: somebody must read it.
    send(client, 20_000_000);
    send(server, 20_000_000);

    assertThat(Heard.inAMomentBy(client)).isEqualTo(new Heard(0, Ending.SILENT));
    assertThat(Heard.inAMomentBy(server)).isEqualTo(new Heard(0, Ending.SILENT));
    assertThat(connection.passed(Direction.TO_SERVER)).isZero();
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void aBlackHoleHidesThatTheOtherSideHasGone(Direction direction) throws IOException {
    connection.strike(Fault.BLACK_HOLE);

    sender(direction).close();

    assertThat(Heard.inAMomentBy(receiver(direction))).isEqualTo(new Heard(0, Ending.SILENT));
    send(receiver(direction), 20_000_000);
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void aBlackHoleHidesThatTheOtherSideWasReset(Direction direction) throws IOException {
    connection.strike(Fault.BLACK_HOLE);

    ProxiedConnection.reset(sender(direction));

    assertThat(Heard.inAMomentBy(receiver(direction))).isEqualTo(new Heard(0, Ending.SILENT));
    send(receiver(direction), 20_000_000);
  }

  @ParameterizedTest
  @CsvSource({"LOSE_CLIENT, TO_CLIENT", "LOSE_SERVER, TO_SERVER"})
  void aHalfOpenConnectionIsGoneOnOneSideOnly(Fault fault, Direction toTheLost) throws IOException {
    connection.strike(fault);

    assertThat(Heard.by(receiver(toTheLost))).isEqualTo(new Heard(0, Ending.RESET));
    assertThat(Heard.inAMomentBy(sender(toTheLost))).isEqualTo(new Heard(0, Ending.SILENT));
    send(sender(toTheLost), 20_000_000);
    assertThat(Heard.inAMomentBy(sender(toTheLost))).isEqualTo(new Heard(0, Ending.SILENT));
  }

  @Test
  void aSilentConnectionCanStillBeReset() throws IOException {
    connection.strike(Fault.BLACK_HOLE);
    proxy.cutAll();

    assertThat(Heard.by(client)).isEqualTo(new Heard(0, Ending.RESET));
    assertThat(Heard.by(server)).isEqualTo(new Heard(0, Ending.RESET));
    assertThat(proxy.connections()).isEmpty();
  }

  @Test
  void aNegativeNumberOfBytesIsRefused() {
    assertThatThrownBy(() -> connection.strikeAfter(Direction.TO_SERVER, -1, Fault.RESET))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1 bytes");
  }
}
