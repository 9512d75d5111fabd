package dev.howdah.outbox;

import dev.howdah.event.HowdahThreads;
import dev.howdah.event.ProblemReporter;
import dev.howdah.notify.NotificationChannel;
import dev.howdah.notify.NotificationException;
import dev.howdah.postgres.Backoff;
import dev.howdah.postgres.Requests;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends what the outbox has for one channel, one message after the other, on a thread of its own.
 * Every instance that has the channel does so: which of them gets a message is decided by the lease
 * in the database.
 */
final class ChannelDispatcher {

  private static final Duration LEASE_BEYOND_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration REGISTER_EVERY = Duration.ofMinutes(10);

  /** How often to look: while something goes on, and else. Digests and retries fall due unasked. */
  private static final long BUSY_POLL_MILLIS = 1_000;

  private static final long IDLE_POLL_MILLIS = 5_000;
  private static final Duration BUSY_FOR = Duration.ofSeconds(30);

  private static final Backoff RETRIES = new Backoff(1_000, 900_000);

  private final NotificationChannel channel;
  private final Outbox outbox;
  private final NotificationReader reader;
  private final ProblemReporter problems;
  private final Sending sending;
  private final Thread thread;
  private final Semaphore work = new Semaphore(0);
  private @Nullable UUID key;

  /** What a receiver has taken, and the database could not be told of yet. */
  private @Nullable Message taken;

  private long registeredAtNanos;
  private volatile long busyUntilNanos = System.nanoTime() + BUSY_FOR.toNanos();
  private final Requests requests = new Requests();
  private volatile boolean stopped;

  ChannelDispatcher(
      NotificationChannel channel, Outbox outbox, AppFrames frames, ProblemReporter problems) {
    this.channel = channel;
    this.outbox = outbox;
    this.problems = problems;
    reader = new NotificationReader(channel.rules(), frames);
    sending = new Sending(channel);
    thread = HowdahThreads.create("notify-" + channel.name(), this::run);
    requests.ask(); // It looks once in any case, also where nobody says that there is something.
  }

  void start() {
    thread.start();
  }

  /** There may be something to be sent. Any thread may say so. */
  void wake() {
    requests.ask();
    busyUntilNanos = System.nanoTime() + BUSY_FOR.toNanos();
    work.release();
  }

  /** Waits until it has looked and found nothing more, or can't look. */
  void settle(long deadlineNanos) throws InterruptedException {
    requests.await(deadlineNanos, thread::isAlive);
  }

  void stop() {
    stopped = true;
    thread.interrupt();
  }

  private void run() {
    try {
      for (int failures = 0; !stopped; ) {
        int request = requests.count();
        failures = sendWhatIsDue() ? 0 : failures + 1;
        requests.answer(request);
        work.tryAcquire(pauseMillis(failures), TimeUnit.MILLISECONDS);
        work.drainPermits();
      }
    } catch (InterruptedException e) {
      // stop() was called.
    } finally {
      close();
    }
  }

  private void close() {
    try {
      channel.notifier().close();
    } catch (RuntimeException e) {
      problems.problem("channel '" + channel.name() + "' did not close (" + e + ")", e);
    }
  }

  private long pauseMillis(int failures) {
    if (failures > 0) {
      return RETRIES.delay(Math.min(failures - 1, 5));
    }
    boolean busy = busyUntilNanos - System.nanoTime() > 0;
    long longest = busy ? BUSY_POLL_MILLIS : IDLE_POLL_MILLIS;
    // Not all instances in the same moment.
    return longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2);
  }

  /** False when the database could not be asked. */
  private boolean sendWhatIsDue() throws InterruptedException {
    try {
      UUID registered = register();
      tellOfTaken();
      while (!isStuck() && sendNext(registered)) {
        busyUntilNanos = System.nanoTime() + BUSY_FOR.toNanos();
      }
      return true;
    } catch (SQLException | RuntimeException e) {
      if (!thread.isInterrupted()) { // Else stop() broke it off.
        problems.problem("channel '" + channel.name() + "' waits: " + explain(e), e);
      }
      return false;
    }
  }

  private String explain(Exception e) {
    return e instanceof SQLException said ? outbox.explain(said) : "unexpected (" + e + ")";
  }

  private boolean isStuck() {
    boolean stuck = sending.isStuck();
    if (stuck) {
      problems.problem(
          "channel '"
              + channel.name()
              + "': its notifier hangs and does not heed an interrupt; nothing is sent from here"
              + " until it returns",
          null);
    }
    return stuck;
  }

  private UUID register() throws SQLException {
    UUID known = key;
    long now = System.nanoTime();
    if (known == null || now - registeredAtNanos > REGISTER_EVERY.toNanos()) {
      known = outbox.register(channel);
      key = known;
      registeredAtNanos = now;
    }
    return known;
  }

  /** Sends one message; false when there is none. */
  private boolean sendNext(UUID registered) throws SQLException, InterruptedException {
    Message message =
        outbox.claim(registered, channel.rules().timeout().plus(LEASE_BEYOND_TIMEOUT));
    if (message == null) {
      return false;
    }
    try {
      sending.send(reader.read(message));
      taken = message;
      tellOfTaken();
    } catch (NotificationException e) {
      failed(message, e);
    }
    return true;
  }

  /** Within the lease this spares people a second one, also where the database was away. */
  private void tellOfTaken() throws SQLException {
    if (taken != null) {
      outbox.sent(taken);
      taken = null;
    }
  }

  private void failed(Message message, NotificationException e) throws SQLException {
    String detail = String.valueOf(e.getMessage());
    boolean dead = outbox.failed(message, detail, retryIn(message, e));
    problems.problem(
        "channel '"
            + channel.name()
            + "': a message was not taken and "
            + (dead ? "is given up: " : "is tried again: ")
            + detail,
        e.getCause());
  }

  private static @Nullable Duration retryIn(Message message, NotificationException e) {
    if (e.isPermanent()) {
      return null;
    }
    Duration pause = Duration.ofMillis(RETRIES.delay(message.attempt() - 1));
    Duration asked = e.retryAfter();
    return asked != null && asked.compareTo(pause) > 0 ? asked : pause;
  }
}
