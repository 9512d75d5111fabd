package dev.howdah.chaos;

import dev.howdah.testkit.RecordingServer;
import dev.howdah.testkit.ScriptedAnswer;
import dev.howdah.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;

/**
 * A crew that sends by one webhook, and dies where it is told. Each process stops before and after
 * it sends, so that a kill hits the very step.
 *
 * <p>A message of a dead process stays leased for 45 s. Here that time passes in the database: the
 * lease is moved into the past, at once where it is known which message the dead one had in hand,
 * and else 15 s after the claim, when nobody alive has it.
 */
final class DispatcherSiege implements LedVictim.Leader, AutoCloseable {

  private static final int CREW = 4;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long LONGEST_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final TestDatabase database;
  private final RecordingServer webhook;
  private final Path directory;
  private final Crew crew;

  /** Bugs whose message is yet to cost a process its life. */
  private final Set<String> doomed = ConcurrentHashMap.newKeySet();

  private final AtomicInteger killed = new AtomicInteger();

  /** Held for reading by who sends, so that the one answer that never comes meets its victim. */
  private final ReentrantReadWriteLock sending = new ReentrantReadWriteLock();

  private volatile KillStep step = KillStep.BEFORE_CLAIM;

  private DispatcherSiege(TestDatabase database, RecordingServer webhook) throws IOException {
    this.database = database;
    this.webhook = webhook;
    directory = Files.createTempDirectory("howdah-chaos");
    List<String> command = command();
    crew = new Crew(CREW, () -> LedVictim.start(command, this));
  }

  /**
   * Starts the crew in a database with the schema; returns when messages are written for its
   * webhook.
   */
  static DispatcherSiege begin(TestDatabase database, RecordingServer webhook) throws IOException {
    DispatcherSiege siege = new DispatcherSiege(database, webhook);
    siege.crew.muster();
    await(
        "the channel is registered",
        () -> database.count("SELECT count(*) FROM monitoring.active_channels") == 1);
    return siege;
  }

  private List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        NotifyingVictim.class.getName(),
        webhook.uri("/").toString(),
        "url",
        database.url(),
        "username",
        database.username(),
        "password",
        database.password().isEmpty() ? "none" : database.password(),
        "directory",
        directory.toString(),
        "service",
        "victim",
        "journal",
        "off");
  }

  /**
   * Throws bugs, and kills at a step of some of their messages.
   *
   * @param where the step
   * @param bugs how many, each new
   * @param kills how many of them cost a life
   * @param random which of them
   */
  Deliveries kill(KillStep where, int bugs, int kills, Random random) throws SQLException {
    Set<String> thrown = new LinkedHashSet<>();
    for (int i = 0; i < bugs; i++) {
      thrown.add(where.name().toLowerCase(Locale.ROOT) + "-" + i);
    }
    List<String> drawn = new ArrayList<>(thrown);
    Collections.shuffle(drawn, random);
    killed.set(0);
    step = where;
    doomed.addAll(drawn.subList(0, kills));
    for (String bug : thrown) {
      switch (where) {
        case BEFORE_CLAIM -> beforeClaim(bug, random);
        case AT_RANDOM -> atRandom(bug, random);
        default -> capture(bug, random);
      }
    }
    awaitAllSent();
    return Deliveries.of(where, killed.get(), thrown, webhook.requests(), database);
  }

  /** While its row is locked, nobody can claim what is written for the channel. */
  private void beforeClaim(String bug, Random random) throws SQLException {
    if (!doomed.remove(bug)) {
      capture(bug, random);
      return;
    }
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("SELECT FROM monitoring.notification_channels FOR NO KEY UPDATE");
      await("nobody has another message in hand", this::isNothingInHand);
      LedVictim victim = capture(bug, random);
      await("a message is in the outbox", () -> isWaiting(bug));
      kill(victim);
    }
  }

  private boolean isNothingInHand() {
    return database.count(
            "SELECT count(*) FROM monitoring.notification_outbox WHERE leased_until > now()")
        == 0;
  }

  private boolean isWaiting(String bug) {
    return database.count(
            "SELECT count(*) FROM monitoring.notification_outbox"
                + " WHERE attempts = 0 AND facts ->> 'fingerprint' = '%s'".formatted(bug))
        == 1;
  }

  private void atRandom(String bug, Random random) {
    capture(bug, random);
    if (doomed.remove(bug)) {
      LockSupport.parkNanos(random.nextLong(LONGEST_PAUSE_NANOS));
      kill(crew.any(random));
    }
  }

  /** Has somebody capture an error of a bug, and another one where that one dies over it. */
  private LedVictim capture(String bug, Random random) {
    LedVictim victim = crew.any(random);
    while (!victim.capture(bug)) {
      victim = crew.any(random);
    }
    return victim;
  }

  @Override
  public void claimed(LedVictim victim, String bug) {
    if (step == KillStep.AFTER_CLAIM && doomed.remove(bug)) {
      kill(victim);
      endLease(bug);
    } else if (step == KillStep.AFTER_SEND && doomed.remove(bug)) {
      killWhileTheAnswerIsUnderWay(victim, bug);
      endLease(bug);
    } else {
      sending.readLock().lock();
      go(victim);
    }
  }

  @Override
  public void taken(LedVictim victim, String bug) {
    sending.readLock().unlock();
    if (step == KillStep.BEFORE_MARK && doomed.remove(bug)) {
      kill(victim);
      endLease(bug);
    } else {
      go(victim);
    }
  }

  @Override
  public void dead() {
    if (sending.getReadHoldCount() > 0) {
      sending.readLock().unlock();
    }
  }

  /** Where kills are at random, steps take their time, so that many are hit in the middle. */
  private void go(LedVictim victim) {
    if (step == KillStep.AT_RANDOM) {
      LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_STEP_NANOS));
    }
    victim.go();
  }

  private void killWhileTheAnswerIsUnderWay(LedVictim victim, String bug) {
    sending.writeLock().lock();
    try {
      webhook.answer(ScriptedAnswer.hang());
      victim.go();
      await("the receiver has it", () -> isReceived(bug));
      kill(victim);
    } finally {
      sending.writeLock().unlock();
    }
  }

  private boolean isReceived(String bug) {
    return webhook.requests().stream().anyMatch(request -> Deliveries.bug(request).equals(bug));
  }

  private void kill(LedVictim victim) {
    crew.kill(victim);
    killed.incrementAndGet();
  }

  private void endLease(String bug) {
    database.execute(
        """
        UPDATE monitoring.notification_outbox
        SET leased_until = now() - interval '1 second'
        WHERE facts ->> 'fingerprint' = '%s'
        """
            .formatted(bug));
  }

  private void awaitAllSent() {
    await("all is sent", this::isAllSent);
  }

  private boolean isAllSent() {
    // What the dead have left to be counted, and leases that nobody alive can have any more.
    database.execute(
        """
        SELECT monitoring.fold_errors();
        UPDATE monitoring.notification_outbox
        SET leased_until = now() - interval '1 second'
        WHERE leased_until BETWEEN now() AND now() + interval '30 seconds'
        """);
    return database.count(
            """
            SELECT (SELECT count(*) FROM monitoring.error_deltas)
                 + (SELECT count(*) FROM monitoring.notification_outbox)
            """)
        == 0;
  }

  private static void await(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IllegalStateException("waited in vain until " + what);
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  @Override
  public void close() throws IOException {
    crew.close();
    Files.delete(directory);
  }
}
