package dev.howdah.benchmarks;

import java.io.IOException;
import java.time.Instant;
import org.apache.logging.log4j.LogManager;
import org.slf4j.LoggerFactory;

/**
 * An application that logs one event, in a JVM that has done nothing before: the framework reads
 * its configuration, and starts what that names. Prints when it began, in microseconds since 1970,
 * and how many nanoseconds the call took; then waits until its input ends.
 */
public final class FirstEvent {

  private FirstEvent() {}

  /**
   * Logs.
   *
   * @param args the framework, {@code logback} or {@code log4j2}, and the message
   * @throws IOException when the input breaks
   */
  public static void main(String[] args) throws IOException {
    Instant now = Instant.now();
    long start = System.nanoTime();
    if (args[0].equals("logback")) {
      LoggerFactory.getLogger("shop.Checkout").info(args[1]);
    } else {
      LogManager.getLogger("shop.Checkout").info(args[1]);
    }
    long nanos = System.nanoTime() - start;
    System.out.println(now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000 + " " + nanos);
    while (System.in.read() >= 0) {
      // Whoever started this JVM is still looking for the row.
    }
  }
}
