package dev.howdah.testkit;

import java.io.IOException;
import java.io.InputStream;

/** Moves the bytes of one direction of one connection, until their source ends. */
final class Pump implements Runnable {

  private final ProxiedConnection connection;
  private final Direction direction;
  private final Traffic traffic;

  Pump(ProxiedConnection connection, Direction direction, Traffic traffic) {
    this.connection = connection;
    this.direction = direction;
    this.traffic = traffic;
  }

  @Override
  public void run() {
    try {
      move();
      connection.ended(direction);
    } catch (IOException e) {
      connection.broke(direction);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void move() throws IOException, InterruptedException {
    InputStream in = connection.source(direction).getInputStream();
    byte[] buffer = new byte[traffic.chunk(direction)];
    traffic.awaitNoPause(connection::isOver);
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      traffic.awaitNoPause(connection::isOver);
      traffic.travel(direction, connection::isOver);
      connection.pass(direction, buffer, count);
      traffic.occupy(direction, count, connection::isOver);
      traffic.awaitNoPause(connection::isOver);
      buffer = sized(buffer, traffic.chunk(direction));
    }
  }

  private static byte[] sized(byte[] buffer, int size) {
    return buffer.length == size ? buffer : new byte[size];
  }
}
