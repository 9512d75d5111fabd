package dev.howdah.outbox;

import dev.howdah.event.ProblemReporter;
import dev.howdah.fingerprint.Fingerprinter;
import dev.howdah.notify.NotificationChannel;
import dev.howdah.postgres.Database;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The channels of this instance, each with its thread. Thread-safe. */
public final class Dispatcher {

  private final Outbox outbox;
  private final AppFrames frames;
  private final ProblemReporter problems;
  private final Map<String, ChannelDispatcher> channels = new LinkedHashMap<>();
  private boolean running;

  /**
   * @param database where the outbox is
   * @param service whose channels
   * @param environment where that runs; null: not said
   * @param fingerprinter tells which frames are the application's
   * @param problems told when something could not be sent
   */
  public Dispatcher(
      Database database,
      String service,
      @Nullable String environment,
      Fingerprinter fingerprinter,
      ProblemReporter problems) {
    outbox = new Outbox(database, service, environment);
    frames = new AppFrames(fingerprinter);
    this.problems = problems;
  }

  /**
   * Adds a channel.
   *
   * @param channel the channel; its notifier is closed at the stop
   * @return false when there is one of that name
   */
  public synchronized boolean add(NotificationChannel channel) {
    if (channels.containsKey(channel.name())) {
      return false;
    }
    ChannelDispatcher dispatcher = new ChannelDispatcher(channel, outbox, frames, problems);
    channels.put(channel.name(), dispatcher);
    if (running) {
      dispatcher.start();
    }
    return true;
  }

  /** Starts to send, also by channels that are added later. */
  public synchronized void start() {
    running = true;
    channels.values().forEach(ChannelDispatcher::start);
  }

  /** There may be something to be sent. */
  public synchronized void wake() {
    channels.values().forEach(ChannelDispatcher::wake);
  }

  /** {@return whether there are any} */
  public synchronized boolean hasChannels() {
    return !channels.isEmpty();
  }

  /**
   * Waits until each channel has sent what is due.
   *
   * @param maxWaitNanos how long to wait at most
   * @throws InterruptedException when interrupted
   */
  public void settle(long maxWaitNanos) throws InterruptedException {
    long deadline = System.nanoTime() + maxWaitNanos;
    for (ChannelDispatcher channel : all()) {
      channel.settle(deadline);
    }
  }

  /** Ends the threads, without waiting for a message under way. */
  public synchronized void stop() {
    running = false;
    channels.values().forEach(ChannelDispatcher::stop);
  }

  private synchronized List<ChannelDispatcher> all() {
    return List.copyOf(channels.values());
  }
}
