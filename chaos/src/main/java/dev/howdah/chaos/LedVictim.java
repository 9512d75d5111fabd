package dev.howdah.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The process of a {@link NotifyingVictim}, and a thread that hears what it says. Thread-safe. */
final class LedVictim {

  /** Told by the victim's own thread at each stop; the victim waits for {@link #go}. */
  interface Leader {

    /** It has a message about that bug in hand. */
    void claimed(LedVictim victim, String bug);

    /** The receiver has answered. */
    void taken(LedVictim victim, String bug);

    /** It is dead; the last that is heard of it. */
    void dead();
  }

  private final Process process;
  private final Writer orders;
  private final Leader leader;
  private volatile boolean ready;
  private boolean dead;
  private @Nullable CompletableFuture<Boolean> captured;

  private LedVictim(Process process, Leader leader) {
    this.process = process;
    this.leader = leader;
    orders = process.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * Starts a victim.
   *
   * @param command the whole of it
   * @param leader decides what happens at each stop
   */
  static LedVictim start(List<String> command, Leader leader) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      LedVictim victim = new LedVictim(process, leader);
      Thread ear = new Thread(victim::listen, "victim-" + process.pid());
      ear.setDaemon(true);
      ear.start();
      return victim;
    } catch (IOException e) {
      throw new UncheckedIOException("no victim starts", e);
    }
  }

  /** Whether it has started, and lives. */
  boolean isReady() {
    return ready && process.isAlive();
  }

  /**
   * Has it capture an error; waits until that is committed.
   *
   * @return false when it died before it could say so
   */
  boolean capture(String bug) {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    synchronized (this) {
      if (dead) {
        return false;
      }
      captured = answer;
    }
    order(NotifyingVictim.THROW + " " + bug);
    return answer.join();
  }

  /** Lets it go on to its next stop. */
  void go() {
    order(NotifyingVictim.GO);
  }

  /** As {@code kill -9} does; returns when it is dead. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  private synchronized void order(String line) {
    try {
      orders.write(line + "\n");
      orders.flush();
    } catch (IOException e) {
      // It is dead, or about to be: it hears nothing any more.
    }
  }

  private void listen() {
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        heard(line);
      }
    } catch (IOException e) {
      // It was killed in the middle of a line.
    } finally {
      bury();
    }
  }

  private void heard(String line) {
    if (line.equals(NotifyingVictim.READY)) {
      ready = true;
      return;
    }
    String bug = line.substring(line.indexOf(' ') + 1);
    switch (line.substring(0, line.length() - bug.length()).strip()) {
      case NotifyingVictim.THROWN -> answer(true);
      case NotifyingVictim.CLAIMED -> leader.claimed(this, bug);
      case NotifyingVictim.TAKEN -> leader.taken(this, bug);
      default -> throw new IllegalStateException("a victim says: " + line);
    }
  }

  private void bury() {
    synchronized (this) {
      dead = true;
    }
    leader.dead();
    answer(false);
  }

  private synchronized void answer(boolean committed) {
    if (captured != null) {
      captured.complete(committed);
    }
  }
}
