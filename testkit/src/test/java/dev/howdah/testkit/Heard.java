package dev.howdah.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * What one side of a connection hears.
 *
 * @param bytes how many bytes came
 * @param ending what came after them
 */
record Heard(int bytes, Ending ending) {

  enum Ending {
    CLOSED,
    RESET,
    SILENT
  }

  private static final int A_MOMENT_MS = 200;

  /** Reads until the connection ends. */
  static Heard by(Socket socket) throws IOException {
    return by(socket, 0);
  }

  /** Reads until the connection ends, or nothing has come for a moment. */
  static Heard inAMomentBy(Socket socket) throws IOException {
    return by(socket, A_MOMENT_MS);
  }

  private static Heard by(Socket socket, int silenceMillis) throws IOException {
    socket.setSoTimeout(silenceMillis);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(bytes);
      return new Heard(bytes.size(), Ending.CLOSED);
    } catch (SocketTimeoutException e) {
      return new Heard(bytes.size(), Ending.SILENT);
    } catch (IOException e) {
      return new Heard(bytes.size(), Ending.RESET);
    }
  }
}
