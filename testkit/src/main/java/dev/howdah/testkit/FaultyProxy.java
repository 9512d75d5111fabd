package dev.howdah.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on the loopback through which connections go slow, silent or to pieces. Thread-safe;
 * its threads are daemons and end with {@link #close()}.
 *
 * <table>
 * <caption>What can be done to whom</caption>
 * <tr><th></th><th>to all, until it is taken back</th><th>to those that are open</th></tr>
 * <tr><td>slow</td><td>{@link #latency}, {@link #bandwidth}</td><td></td></tr>
 * <tr><td>frozen</td><td>{@link #pause}</td><td></td></tr>
 * <tr><td>silent, half-open, closed, reset</td><td>{@link #blackHole}</td><td>{@link #strikeAll},
 * {@link ProxiedConnection#strike}</td></tr>
 * </table>
 *
 * New connections are refused by {@link #refuse}; the next one is hit by {@link #strikeNext}.
 */
public final class FaultyProxy implements AutoCloseable {

  /** What becomes of new connections. */
  private enum Welcome {
    CONNECT,
    REFUSE,
    SWALLOW
  }

  private final ServerSocket server;
  private final String host;
  private final int target;
  private final Traffic traffic = new Traffic();
  private final List<ProxiedConnection> connections = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable Consumer<ProxiedConnection>> plan =
      new AtomicReference<>();
  private volatile Welcome welcome = Welcome.CONNECT;

  /**
   * Starts to listen on a free port.
   *
   * @param host where connections go
   * @param target the port there
   * @throws IOException when no port is free
   */
  public FaultyProxy(String host, int target) throws IOException {
    this.host = host;
    this.target = target;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon("accept", this::acceptUntilClosed);
  }

  /** {@return the port to connect to} */
  public int port() {
    return server.getLocalPort();
  }

  /**
   * Shows the connections, to count their bytes or to strike one of them.
   *
   * @return those that are open on one side at least, oldest first; a copy
   */
  public List<ProxiedConnection> connections() {
    return connections.stream().filter(connection -> !connection.isOver()).toList();
  }

  /**
   * Stops reading, in both directions: the other side looks frozen. What was read just before, at
   * most one buffer a direction, is kept and passed on by {@link #resume()}.
   */
  public void pause() {
    traffic.pause();
  }

  /** Passes bytes on again. */
  public void resume() {
    traffic.resume();
  }

  /**
   * Holds bytes back from when they are read, up to 256 KiB at once; those that come meanwhile wait
   * for their turn. Exact for questions and answers; a stream becomes slower than on a real line.
   *
   * @param direction the one to slow down; the other one stays as it is
   * @param latency for how long at least; zero, the default: not at all
   */
  public void latency(Direction direction, Duration latency) {
    traffic.latency(direction, latency);
  }

  /**
   * Bounds how many bytes each connection passes.
   *
   * @param direction the one to slow down; the other one stays as it is
   * @param bytesASecond at least 1; {@link Long#MAX_VALUE}, the default: as many as there are
   * @throws IllegalArgumentException when {@code bytesASecond} is less than 1
   */
  public void bandwidth(Direction direction, long bytesASecond) {
    if (bytesASecond < 1) {
      throw new IllegalArgumentException(bytesASecond + " bytes a second: must be 1 or more");
    }
    traffic.bandwidth(direction, bytesASecond);
  }

  /** Closes new connections at once, until {@link #accept()}. */
  public void refuse() {
    welcome = Welcome.REFUSE;
  }

  /**
   * Lets every open connection fall silent for good, and new ones until {@link #accept()}: they are
   * taken and read, and nobody is told anything.
   */
  public void blackHole() {
    welcome = Welcome.SWALLOW;
    strikeAll(Fault.BLACK_HOLE);
  }

  /** Takes new connections again. */
  public void accept() {
    welcome = Welcome.CONNECT;
  }

  /** Resets every open connection. */
  public void cutAll() {
    strikeAll(Fault.RESET);
  }

  /**
   * Lets every open connection fail.
   *
   * @param how how
   */
  public void strikeAll(Fault how) {
    connections().forEach(connection -> connection.strike(how));
  }

  /**
   * Lets the next connection that is made fail; replaces what was planned for it before.
   *
   * @param direction in which to count
   * @param bytes after how many bytes of it, 0 or more
   * @param how how it fails
   * @throws IllegalArgumentException when {@code bytes} is negative
   */
  public void strikeNext(Direction direction, long bytes, Fault how) {
    if (bytes < 0) {
      throw new IllegalArgumentException(bytes + " bytes: must be 0 or more");
    }
    plan.set(connection -> connection.strikeAfter(direction, bytes, how));
  }

  /** Stops listening, resets every open connection and ends the threads. */
  @Override
  public void close() throws IOException {
    server.close();
    cutAll();
  }

  private void acceptUntilClosed() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (welcome == Welcome.REFUSE) {
          ProxiedConnection.reset(client);
        } else {
          connect(client);
        }
      } catch (IOException e) {
        // Closed, or the target is away: the client sees the end of its connection.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket behind;
    try {
      behind = new Socket(host, target);
    } catch (IOException e) {
      ProxiedConnection.reset(client);
      throw e;
    }
    // Else the kernel keeps small portions back for a while, and a reset would swallow them.
    client.setTcpNoDelay(true);
    behind.setTcpNoDelay(true);
    ProxiedConnection connection = new ProxiedConnection(client, behind, traffic);
    connections.removeIf(ProxiedConnection::isOver);
    connections.add(connection);
    if (welcome == Welcome.SWALLOW) {
      connection.strike(Fault.BLACK_HOLE);
    }
    Consumer<ProxiedConnection> planned = plan.getAndSet(null);
    if (planned != null) {
      planned.accept(connection);
    }
    if (server.isClosed()) {
      // close() may have looked at the list before this one was in it.
      connection.strike(Fault.RESET);
      return;
    }
    daemon("up", new Pump(connection, Direction.TO_SERVER, traffic));
    daemon("down", new Pump(connection, Direction.TO_CLIENT, traffic));
  }

  private void daemon(String role, Runnable work) {
    Thread thread = new Thread(work, "faulty-proxy-" + port() + "-" + role);
    thread.setDaemon(true);
    thread.start();
  }
}
