package dev.howdah.testkit;

import java.io.IOException;
import java.net.Socket;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connection through a {@link FaultyProxy}: counts what passes, and fails when it is told to,
 * at once or after an exact number of bytes. Thread-safe.
 *
 * <p>Exact means: up to that byte everything is delivered, after it nothing, in both directions.
 * With one limit: a reset makes the kernel throw away what it has not sent yet. Up to 32 KiB that
 * the other side has not answered are always sent; for more, its reader gets a tenth of a second to
 * catch up, which does for one that runs. {@link Fault#CLOSE} delivers all, however slow the
 * reader.
 */
public final class ProxiedConnection {

  /** Less than the smallest window that Linux, macOS and Windows give a connection. */
  private static final int SURELY_SENT = 32 * 1024;

  private static final long TIME_TO_CATCH_UP_MILLIS = 100;

  private record Plan(Direction direction, long at, Fault fault) {}

  private final Socket client;
  private final Socket server;
  private final Traffic traffic;
  private final Map<Direction, Long> passed = new EnumMap<>(Direction.class);
  private final Map<Direction, Long> unanswered = new EnumMap<>(Direction.class);
  private @Nullable Direction last;
  private long roundTrips;
  private @Nullable Plan plan;
  private @Nullable Fault fault;

  ProxiedConnection(Socket client, Socket server, Traffic traffic) {
    this.client = client;
    this.server = server;
    this.traffic = traffic;
    for (Direction direction : Direction.values()) {
      passed.put(direction, 0L);
      unanswered.put(direction, 0L);
    }
  }

  /**
   * Counts bytes. A byte is counted before the other side can have it.
   *
   * @param direction one of the two
   * @return how many have passed so far; those that were swallowed are not among them
   */
  public synchronized long passed(Direction direction) {
    return passed.get(direction);
  }

  /**
   * Counts how often the server was asked and answered: bytes to it, then bytes from it. What one
   * side sends while the other is silent counts once, in however many portions it passes.
   *
   * @return how many answers have begun to pass so far
   */
  public synchronized long roundTrips() {
    return roundTrips;
  }

  /** {@return the fault that has struck, or null while the connection works} */
  public synchronized @Nullable Fault fault() {
    return fault;
  }

  /**
   * Lets the connection fail now.
   *
   * @param how how; a connection that failed already may fail again, such as a black hole be reset
   */
  public void strike(Fault how) {
    synchronized (this) {
      fault = how;
    }
    takeEffect(how);
  }

  /**
   * Lets the connection fail when so many more bytes have passed. Replaces what was planned before.
   *
   * @param direction in which to count
   * @param bytes from now, 0 or more; 0: at once
   * @param how how it fails
   * @throws IllegalArgumentException when {@code bytes} is negative
   */
  public void strikeAfter(Direction direction, long bytes, Fault how) {
    if (bytes < 0) {
      throw new IllegalArgumentException(bytes + " bytes: must be 0 or more");
    }
    synchronized (this) {
      if (bytes > 0) {
        plan = new Plan(direction, passed.get(direction) + bytes, how);
        return;
      }
    }
    strike(how);
  }

  /** Where the bytes of a direction come from. */
  Socket source(Direction direction) {
    return direction == Direction.TO_SERVER ? client : server;
  }

  /** Both sides are closed. */
  boolean isOver() {
    return client.isClosed() && server.isClosed();
  }

  /** Passes bytes on, or swallows them, as the plan and the fault have it. */
  void pass(Direction direction, byte[] bytes, int count) throws IOException {
    Fault due;
    int delivered;
    synchronized (this) {
      if (fault != null) {
        return;
      }
      delivered = beforePlanned(direction, count);
      passed.merge(direction, (long) delivered, Long::sum);
      unanswered.merge(direction, (long) delivered, Long::sum);
      unanswered.put(direction.opposite(), 0L);
      if (direction == Direction.TO_CLIENT && last == Direction.TO_SERVER) {
        roundTrips++;
      }
      last = direction;
      due = due(direction);
      // Before the last byte is out: no answer to it may pass.
      fault = due;
    }
    source(direction.opposite()).getOutputStream().write(bytes, 0, delivered);
    if (due != null) {
      letReaderCatchUp(direction, due);
      takeEffect(due);
    }
  }

  private int beforePlanned(Direction direction, int count) {
    return plan != null && plan.direction() == direction
        ? (int) Math.min(count, plan.at() - passed.get(direction))
        : count;
  }

  private @Nullable Fault due(Direction direction) {
    return plan != null && plan.direction() == direction && plan.at() == passed.get(direction)
        ? plan.fault()
        : null;
  }

  /** There is nothing to wait for: what a kernel has not sent yet, Java can't see. */
  private void letReaderCatchUp(Direction direction, Fault due) {
    boolean resets =
        switch (due) {
          case RESET -> true;
          case LOSE_CLIENT -> direction == Direction.TO_CLIENT;
          case LOSE_SERVER -> direction == Direction.TO_SERVER;
          case CLOSE, BLACK_HOLE -> false;
        };
    if (resets && unanswered(direction) > SURELY_SENT) {
      try {
        Thread.sleep(TIME_TO_CATCH_UP_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized long unanswered(Direction direction) {
    return unanswered.get(direction);
  }

  private void takeEffect(Fault how) {
    switch (how) {
      case RESET -> {
        reset(client);
        reset(server);
      }
      case CLOSE -> {
        sayGoodbye(client);
        sayGoodbye(server);
      }
      case BLACK_HOLE -> {
        // Said by saying nothing.
      }
      case LOSE_CLIENT -> reset(client);
      case LOSE_SERVER -> reset(server);
    }
    traffic.wake();
  }

  /** A direction's source has closed its end. */
  void ended(Direction direction) {
    if (fault() == null) {
      // An orderly end on one side is an orderly end on the other.
      close(client);
      close(server);
    } else if (fault() != Fault.BLACK_HOLE) {
      close(source(direction));
    }
    traffic.wake();
  }

  /** Reading or writing has failed: a side is gone, or a fault has struck meanwhile. */
  void broke(Direction direction) {
    if (fault() == null) {
      reset(client);
      reset(server);
      traffic.wake();
    } else {
      ended(direction);
    }
  }

  /** Closing would be a reset while there are bytes to be read: those are swallowed first. */
  private static void sayGoodbye(Socket socket) {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      // Gone already.
    }
  }

  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // Closed already.
    }
    close(socket);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Closed all the same.
    }
  }
}
