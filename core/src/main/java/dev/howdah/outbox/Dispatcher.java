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
  private boolean stopped;

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
   * Adds a channel and starts to send by it.
   *
   * @param channel the channel; its notifier is closed at the stop
   * @throws IllegalArgumentException when there is one of that name
   */
  public synchronized void add(NotificationChannel channel) {
    if (channels.containsKey(channel.name())) {
      throw new IllegalArgumentException(
          "setting 'name' of a channel has the value '"
              + channel.name()
              + "': it must be one that no other channel has");
    }
    ChannelDispatcher dispatcher = new ChannelDispatcher(channel, outbox, frames, problems);
    channels.put(channel.name(), dispatcher);
    if (!stopped) {
      dispatcher.start();
    }
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
    stopped = true;
    channels.values().forEach(ChannelDispatcher::stop);
  }

  private synchronized List<ChannelDispatcher> all() {
    return List.copyOf(channels.values());
  }
}
