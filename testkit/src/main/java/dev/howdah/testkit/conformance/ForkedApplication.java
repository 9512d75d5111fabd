package dev.howdah.testkit.conformance;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An application that logs and ends, in a JVM of its own: {@link ShutdownSuite} starts it and looks
 * at what it left in the database.
 */
public final class ForkedApplication {

  /** How many lines are logged where no thread goes on until the end. */
  static final int LINES = 10_000;

  /** How many lines the application's own hook logs. */
  static final int LINES_OF_HOOK = 200;

  static final int THREADS = 4;
  static final int EXIT_CODE = 3;

  /** The ways to end. */
  enum Ending {
    /** The framework is stopped, then main returns. */
    STOP {
      @Override
      void run(Session session) {
        logLines(session);
        session.stop();
      }
    },

    /** Main returns, with everything just logged. */
    RETURN {
      @Override
      void run(Session session) {
        logLines(session);
      }
    },

    /** The JVM is told to exit while threads log without a pause. */
    EXIT {
      @Override
      void run(Session session) {
        AtomicInteger[] logged = startLogging(session);
        await()
            .atMost(Duration.ofMinutes(1))
            .until(() -> Arrays.stream(logged).allMatch(count -> count.get() > 1000));
        System.out.println(
            Arrays.stream(logged)
                .map(c -> "" + c.get())
                .collect(Collectors.joining(" ", "logged ", "")));
        System.exit(EXIT_CODE);
      }
    },

    /** Main returns, and a hook of the application's logs while the JVM goes down. */
    HOOK {
      @Override
      void run(Session session) {
        logLines(session);
        Runtime.getRuntime()
            .addShutdownHook(new Thread(() -> logSlowly(session), "application-hook"));
      }
    };

    abstract void run(Session session);
  }

  private ForkedApplication() {}

  /**
   * Logs and ends.
   *
   * @param args the driver's class name, the ending, and each setting as name=text
   * @throws ReflectiveOperationException when there is no such driver
   */
  public static void main(String[] args) throws ReflectiveOperationException {
    Driver driver = Class.forName(args[0]).asSubclass(Driver.class).getConstructor().newInstance();
    Map<String, String> settings =
        Arrays.stream(args)
            .skip(2)
            .map(arg -> arg.split("=", 2))
            .collect(Collectors.toMap(arg -> arg[0], arg -> arg[1]));
    Ending.valueOf(args[1]).run(driver.start(settings));
  }

  private static void logLines(Session session) {
    for (int i = 0; i < LINES; i++) {
      session.log(Level.INFO, Call.LOGGER, "line {}", i);
    }
  }

  /** Starts threads that end with the JVM; gives what each has logged, call and return. */
  private static AtomicInteger[] startLogging(Session session) {
    AtomicInteger[] logged =
        IntStream.range(0, THREADS)
            .mapToObj(i -> new AtomicInteger())
            .toArray(AtomicInteger[]::new);
    for (int t = 0; t < THREADS; t++) {
      AtomicInteger count = logged[t];
      Runnable work =
          () -> {
            while (true) {
              session.log(Level.INFO, Call.LOGGER, "line {}", count.get());
              count.incrementAndGet();
            }
          };
      new Thread(work, "worker-" + t).start();
    }
    return logged;
  }

  /** Takes longer than Howdah's own hook has to do, and ends when its lines are done with. */
  private static void logSlowly(Session session) {
    for (int i = 0; i < LINES_OF_HOOK; i++) {
      session.log(Level.INFO, "application.Hook", "line {}", i);
      pause();
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> session.counts().underWay() == 0);
    System.out.println("hook " + session.counts());
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
