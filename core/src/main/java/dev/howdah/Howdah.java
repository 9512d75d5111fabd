package dev.howdah;

import dev.howdah.batch.Ledger;
import dev.howdah.encode.ErrorOptions;
import dev.howdah.encode.Redaction;
import dev.howdah.encode.RowEncoder;
import dev.howdah.encode.TextLimits;
import dev.howdah.event.PipelineListener;
import dev.howdah.event.ProblemReporter;
import dev.howdah.fingerprint.Fingerprinter;
import dev.howdah.journal.BatchQueue;
import dev.howdah.journal.Journal;
import dev.howdah.journal.JournalFolder;
import dev.howdah.notify.NotificationChannel;
import dev.howdah.outbox.Dispatcher;
import dev.howdah.pipeline.EventPipeline;
import dev.howdah.pipeline.PipelineStats;
import dev.howdah.postgres.Adoption;
import dev.howdah.postgres.Backoff;
import dev.howdah.postgres.BatchWriter;
import dev.howdah.postgres.Database;
import dev.howdah.postgres.ErrorGroups;
import dev.howdah.postgres.FoldSchedule;
import dev.howdah.postgres.HostName;
import dev.howdah.postgres.Instance;
import dev.howdah.postgres.MaintenanceSchedule;
import dev.howdah.postgres.RejectFolder;
import dev.howdah.postgres.Replay;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A running Howdah: one ring, one encoder, one writer, one row in {@code instances}.
 *
 * <p>Starting takes no connection: the database may be away, and events wait. Thread-safe.
 */
public final class Howdah implements AutoCloseable {

  /** The parts of {@code maxMemory}: events in the ring, and batches. */
  private static final int RING_SHARE = 4;

  private final HowdahConfig config;
  private final EventPipeline pipeline;
  private final BatchWriter writer;
  private final MaintenanceSchedule maintenance;
  private final FoldSchedule folding;
  private final Dispatcher dispatcher;
  private final ErrorGroups errorGroups;
  private final Adoption adoption;
  private final Instance instance;
  private final Thread shutdownHook = new Thread(this::drain, "howdah-shutdown");
  private boolean closed;

  private Howdah(HowdahConfig config, PipelineListener listener, BooleanSupplier ready) {
    this.config = config;
    ProblemReporter problems = new ProblemReporter(listener);
    instance =
        new Instance(
            new SecureRandom().nextLong() >>> 1,
            config.service(),
            config.environment(),
            config.release(),
            HostName.ofThisMachine(config.host()),
            ProcessHandle.current().pid(),
            Instant.now());
    Ledger ledger = new Ledger();
    Fingerprinter fingerprinter = fingerprinter();
    RowEncoder encoder = encoder(fingerprinter, ledger);
    Path home = config.directory().resolve(fileName(config.service()));
    Path journals = home.resolve("journal");
    Journal journal = journal(journals, ledger, problems);
    BatchQueue queue =
        new BatchQueue(maxBatches(), journal, config.journal() == JournalMode.ALWAYS, problems);
    pipeline = new EventPipeline(pipelineOptions(), encoder, queue, ledger, problems);
    Database database =
        new Database(
            databaseOptions(config), instance, new ConfiguredDataSource(config, ready), problems);
    errorGroups =
        new ErrorGroups(database, config.schema(), config.service(), config.environment());
    RejectFolder rejects = new RejectFolder(home.resolve("rejects"), problems);
    Backoff backoff = new Backoff(config.retryMin().toMillis(), config.retryMax().toMillis());
    dispatcher =
        new Dispatcher(database, config.service(), config.environment(), fingerprinter, problems);
    folding = new FoldSchedule(database, dispatcher::wake, problems);
    writer = new BatchWriter(database, queue, encoder, ledger, rejects, folding, problems, backoff);
    adoption =
        new Adoption(journals, new Replay(database, ledger, rejects, problems, backoff), problems);
    maintenance = new MaintenanceSchedule(database, problems);
    config.channels().forEach(this::addChannel);
  }

  /**
   * Starts the threads and returns at once.
   *
   * @param config how it is set up
   * @param listener told of trouble and of what was done
   * @return the running Howdah; to be closed
   */
  public static Howdah start(HowdahConfig config, PipelineListener listener) {
    return start(config, listener, () -> true);
  }

  /**
   * Starts the threads and returns at once, for an appender that is started while its framework is
   * not ready yet: a pool of Howdah's own, which logs by that framework too, is opened when it is,
   * or after ten seconds. Events are accepted from now on.
   *
   * @param config how it is set up
   * @param listener told of trouble and of what was done
   * @param ready whether the logging framework has started; asked on Howdah's own threads
   * @return the running Howdah; to be closed
   */
  public static Howdah start(
      HowdahConfig config, PipelineListener listener, BooleanSupplier ready) {
    Howdah howdah = new Howdah(config, listener, ready);
    howdah.pipeline.start();
    howdah.writer.start();
    howdah.dispatcher.start();
    if (config.journal() != JournalMode.OFF) {
      howdah.adoption.start();
    }
    if (config.maintain()) {
      howdah.maintenance.start();
      howdah.folding.start();
    }
    howdah.addHook();
    return howdah;
  }

  /**
   * Where appenders put their events.
   *
   * @return the ring
   */
  public EventPipeline pipeline() {
    return pipeline;
  }

  /**
   * What became of the events so far.
   *
   * @return counts since the start
   */
  public PipelineStats stats() {
    return pipeline.stats();
  }

  /**
   * Tells people of errors by one more channel, from now on.
   *
   * @param channel its notifier is closed by {@link #close}
   * @throws IllegalArgumentException when there is a channel of that name
   */
  void addChannel(NotificationChannel channel) {
    if (!dispatcher.add(channel)) {
      throw HowdahConfig.duplicate(channel.name());
    }
  }

  /** What the tracker asks. */
  ErrorGroups errorGroups() {
    return errorGroups;
  }

  /**
   * The number under which this start of the application writes.
   *
   * @return the key of its row in {@code instances}
   */
  public long instanceId() {
    return instance.id();
  }

  /**
   * Waits until what was logged before this call is in the database, rejected or lost. Events are
   * accepted as before: for a program that is frozen between its calls, or for tests.
   *
   * @param maxWait how long to wait at most
   * @return true when nothing that was logged before is pending any more
   * @throws InterruptedException when interrupted
   */
  public boolean flush(Duration maxWait) throws InterruptedException {
    return pipeline.flush(maxWait.toNanos());
  }

  /**
   * The JVM's end, when all hooks run at once: others may still log, or stop the logging framework,
   * which closes us. So nothing closes here while the database takes what there is.
   */
  private void drain() {
    pipeline.flushAlways();
    long deadline = System.nanoTime() + config.shutdownTimeout().toNanos();
    try {
      if (flush(config.shutdownTimeout())) {
        tellOfTheLast(deadline);
      } else {
        close(0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close(0);
    }
  }

  /**
   * Drains what was accepted, for at most {@code shutdownTimeout}; what is left then goes to the
   * journal, or is counted as lost where there is none. Further calls do nothing.
   */
  @Override
  public void close() {
    close(config.shutdownTimeout().toNanos());
  }

  private void close(long maxWaitNanos) {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    removeHook();
    maintenance.stop();
    adoption.stop();
    long deadline = System.nanoTime() + maxWaitNanos;
    boolean interrupted = false;
    for (boolean done = false; !done; ) {
      try {
        pipeline.close((deadline - System.nanoTime()) / 2);
        writer.drain(deadline - System.nanoTime());
        tellOfTheLast(deadline);
        folding.stop();
        dispatcher.stop();
        writer.stop();
        done = true;
      } catch (InterruptedException e) {
        // An interrupted thread still drains; the time is bounded anyhow.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The error that ends an application is the one that people need to hear of. */
  private void tellOfTheLast(long deadline) throws InterruptedException {
    if (dispatcher.hasChannels()) {
      folding.settle(deadline - System.nanoTime());
      dispatcher.settle(deadline - System.nanoTime());
    }
  }

  private void addHook() {
    if (config.shutdownHook()) {
      try {
        Runtime.getRuntime().addShutdownHook(shutdownHook);
      } catch (IllegalStateException e) {
        // The JVM is going down already: what is logged now is written as far as it gets.
      }
    }
  }

  private void removeHook() {
    if (config.shutdownHook() && Thread.currentThread() != shutdownHook) {
      try {
        Runtime.getRuntime().removeShutdownHook(shutdownHook);
      } catch (IllegalStateException e) {
        // The JVM is going down already: the hook finds us closed.
      }
    }
  }

  private RowEncoder encoder(Fingerprinter fingerprinter, Ledger ledger) {
    return new RowEncoder(
        instance.id(),
        new TextLimits(
            config.maxMessageLength(), config.maxContextLength(), config.maxStackTraceLength()),
        new Redaction(config.redactKeys(), config.redactPatterns()),
        config.traceIdKeys(),
        config.spanIdKeys(),
        new ErrorOptions(
            fingerprinter,
            config.service(),
            config.environment(),
            config.errorLevel(),
            config.occurrencesPerSecond()),
        ledger);
  }

  private Fingerprinter fingerprinter() {
    Fingerprinter.Builder builder = Fingerprinter.builder();
    config.inApp().forEach(builder::inApp);
    config.notInApp().forEach(builder::notInApp);
    config.fingerprintNormalizers().forEach(line -> ValueFormat.addNormalizer(line, builder));
    if (config.fingerprint() != null) {
      builder.template(config.fingerprint());
    }
    return builder.build();
  }

  static Database.Options databaseOptions(HowdahConfig config) {
    return new Database.Options(
        config.schema(),
        config.autoMigrate(),
        config.maintain(),
        config.logRetention(),
        config.errorRetention(),
        config.partitionsAhead(),
        config.lockTimeout().toMillis(),
        config.idleInTransactionTimeout().toMillis());
  }

  private EventPipeline.Options pipelineOptions() {
    return new EventPipeline.Options(
        config.ringSize(),
        config.onFull(),
        config.onFullTimeout().toMillis(),
        config.maxMemory() / RING_SHARE,
        config.batchSize(),
        config.flushInterval().toMillis());
  }

  /** As many as memory allows when each is full and its last event was of the largest kind. */
  private int maxBatches() {
    // Of an error, message and context are there twice.
    long largestEvent =
        3L
            * (2L * (config.maxMessageLength() + config.maxContextLength())
                + config.maxStackTraceLength());
    long bytes = config.maxMemory() - config.maxMemory() / RING_SHARE;
    // A buffer may have grown by half more than it needed.
    return (int) Math.max(3, 2 * bytes / (3 * (config.batchSize() + largestEvent)));
  }

  /** A folder that can't be written to is told of now, not in the first outage. */
  private @Nullable Journal journal(Path journals, Ledger ledger, ProblemReporter problems) {
    if (config.journal() == JournalMode.OFF) {
      return null;
    }
    try {
      return Journal.create(
          new JournalFolder(journals, instance.id()),
          instance::owner,
          journalOptions(),
          ledger,
          problems);
    } catch (IOException | RuntimeException e) {
      problems.problem(
          "setting 'directory' has the value '"
              + config.directory()
              + "': it must be a folder that can be written to; there is no journal, and what"
              + " memory can't hold in an outage is lost ("
              + e
              + ")",
          e);
      return null;
    }
  }

  private Journal.Options journalOptions() {
    return new Journal.Options(
        config.journalSegmentSize(),
        config.journalMaxSize(),
        config.onJournalFull() == JournalFullPolicy.DROP_OLDEST,
        config.fsync() == Fsync.BATCH,
        config.journal() == JournalMode.ALWAYS ? config.journalKeepSent() : 0);
  }

  private static String fileName(String service) {
    return service.replaceAll("[^A-Za-z0-9._-]", "_");
  }
}
