package dev.howdah.benchmarks;

/** A logging framework, as the application that uses it sees it. */
interface Framework {

  /** What an application has in its code: logger, level, template and arguments. */
  interface Call {

    /**
     * Logs it.
     *
     * @param durationMillis a value that comes beside the message
     */
    void log(int durationMillis);
  }

  /** {@return a call that logs an event; its logger is looked up now} */
  Call call(LogEvent event);

  /** Sets a value that all events of the calling thread have from now on. */
  void put(String key, String value);

  /** Removes all of those values. */
  void clear();
}
