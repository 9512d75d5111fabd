package dev.howdah.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy on the loopback that can stop reading, refuse and cut. Thread-safe; its threads are
 * daemons and end with {@link #close()}.
 */
public final class FaultyProxy implements AutoCloseable {

  private final ServerSocket server;
  private final String host;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Object gate = new Object();
  private boolean paused;
  private volatile boolean refusing;

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
   * Stops reading, in both directions: the other side looks frozen. What was read just before, at
   * most one buffer a direction, is kept and passed on by {@link #resume()}.
   */
  public void pause() {
    synchronized (gate) {
      paused = true;
    }
  }

  /** Passes bytes on again. */
  public void resume() {
    synchronized (gate) {
      paused = false;
      gate.notifyAll();
    }
  }

  /** Closes new connections at once, until {@link #accept()}. */
  public void refuse() {
    refusing = true;
  }

  /** Takes new connections again. */
  public void accept() {
    refusing = false;
  }

  /** Resets every open connection. */
  public void cutAll() {
    for (Socket socket : sockets) {
      reset(socket);
    }
    synchronized (gate) {
      gate.notifyAll();
    }
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
        if (refusing) {
          reset(client);
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
      reset(client);
      throw e;
    }
    sockets.add(client);
    sockets.add(behind);
    if (server.isClosed()) {
      // close() may have looked at the set before these two were in it.
      reset(client);
      reset(behind);
      return;
    }
    daemon("up", () -> pump(client, behind));
    daemon("down", () -> pump(behind, client));
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[16 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      awaitOpenGate(from);
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        awaitOpenGate(from);
        out.write(buffer, 0, count);
        awaitOpenGate(from);
      }
      // An orderly end on one side is an orderly end on the other.
      close(from);
      close(to);
    } catch (IOException e) {
      reset(from);
      reset(to);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitOpenGate(Socket from) throws InterruptedException {
    synchronized (gate) {
      while (paused && !from.isClosed()) {
        gate.wait();
      }
    }
  }

  private void reset(Socket socket) {
    try {
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      // Closed already.
    }
    close(socket);
  }

  private void close(Socket socket) {
    sockets.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // Closed all the same.
    }
  }

  private void daemon(String role, Runnable work) {
    Thread thread = new Thread(work, "faulty-proxy-" + port() + "-" + role);
    thread.setDaemon(true);
    thread.start();
  }
}
