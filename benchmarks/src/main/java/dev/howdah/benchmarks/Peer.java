package dev.howdah.benchmarks;

import dev.howdah.testkit.PostgresServer;

/** Whose logging calls {@link CallerBenchmark} measures. */
public enum Peer {
  /** Howdah's appender, into a real database. */
  HOWDAH("Howdah") {
    @Override
    LoggingTarget open() {
      return new HowdahTarget(
          PostgresServer.at(System.getProperty(SERVER_PROPERTY)).createDatabase());
    }
  },

  /** Logback's AsyncAppender, with a queue as long as Howdah's ring, before an empty appender. */
  ASYNC_APPENDER("AsyncAppender") {
    @Override
    LoggingTarget open() {
      return new AsyncTarget();
    }
  },

  /** An appender that formats the message and lets it go: what Logback itself costs. */
  FORMAT_ONLY("format only") {
    @Override
    LoggingTarget open() {
      return new FormattingTarget();
    }
  };

  /** URL of the server that the measured JVMs use. */
  static final String SERVER_PROPERTY = "howdah.benchmarks.server";

  private final String label;

  Peer(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  abstract LoggingTarget open();
}
