package dev.howdah.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Sends each byte back; after {@link #GOODBYE} it closes the connection. */
final class EchoServer implements AutoCloseable {

  static final int GOODBYE = '!';

  private final ServerSocket server;

  EchoServer() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::acceptUntilClosed);
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void acceptUntilClosed() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        daemon(() -> echo(client));
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private static void echo(Socket client) {
    try (client;
        InputStream in = client.getInputStream()) {
      int value = in.read();
      while (value >= 0) {
        client.getOutputStream().write(value);
        value = value == GOODBYE ? -1 : in.read();
      }
    } catch (IOException e) {
      // The other side has gone.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "echo");
    thread.setDaemon(true);
    thread.start();
  }
}
