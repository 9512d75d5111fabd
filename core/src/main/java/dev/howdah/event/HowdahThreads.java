package dev.howdah.event;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Howdah's own threads, and how to tell them from the application's.
 *
 * <p>They live in a thread group of their own. Threads that the driver or the pool starts while
 * they work for us inherit it, so that whatever is logged on them never enters the ring: a consumer
 * that logs into its own full ring would wait for itself.
 */
public final class HowdahThreads {

  private static final ThreadGroup GROUP = new ThreadGroup("howdah");
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static final String PREFIX = "howdah-";

  /** Those that run; replaced as a whole, never written to. */
  private static volatile Thread[] running = {};

  private HowdahThreads() {}

  /**
   * Makes a daemon thread, not yet started.
   *
   * @param role what it does, part of its name
   * @param work its run method
   * @return the thread
   */
  public static Thread create(String role, Runnable work) {
    Thread thread =
        new Thread(GROUP, () -> runKnown(work), PREFIX + role + "-" + COUNT.incrementAndGet());
    thread.setDaemon(true);
    // Not the application's class loader of the moment: it would be kept alive.
    thread.setContextClassLoader(HowdahThreads.class.getClassLoader());
    return thread;
  }

  /**
   * Tells whether the calling thread is ours.
   *
   * @return true on a thread whose log events must not enter the ring
   */
  public static boolean isOwn() {
    return Thread.currentThread().getThreadGroup() == GROUP;
  }

  /**
   * Tells whether a thread is ours, for events that another thread hands on.
   *
   * @param threadId the id of the thread that logged
   * @return true for a running thread that was made here
   */
  public static boolean isOwn(long threadId) {
    for (Thread thread : running) {
      if (thread.getId() == threadId) {
        return true;
      }
    }
    return false;
  }

  /**
   * Tells whether a thread is ours, for events that are handed on with nothing but its name, as
   * SLF4J does with those that were logged while it was being set up.
   *
   * @param threadName the name of the thread that logged
   * @return true for that of a running thread that was made here
   */
  public static boolean isOwn(String threadName) {
    if (threadName.startsWith(PREFIX)) {
      for (Thread thread : running) {
        if (thread.getName().equals(threadName)) {
          return true;
        }
      }
    }
    return false;
  }

  private static void runKnown(Runnable work) {
    add(Thread.currentThread());
    try {
      work.run();
    } finally {
      remove(Thread.currentThread());
    }
  }

  private static synchronized void add(Thread thread) {
    Thread[] more = Arrays.copyOf(running, running.length + 1);
    more[running.length] = thread;
    running = more;
  }

  private static synchronized void remove(Thread thread) {
    running = Arrays.stream(running).filter(other -> other != thread).toArray(Thread[]::new);
  }
}
