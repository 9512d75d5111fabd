package dev.howdah.benchmarks;

import dev.howdah.testkit.PostgresServer;

/** Whose capture of an error {@link CaptureBenchmark} measures. */
public enum CapturePeer {
  /** An appender that does nothing: the throwable, and what Logback itself does with it. */
  NO_OP("no-op appender") {
    @Override
    LoggingTarget open() {
      return new FormattingTarget();
    }
  },

  /** Howdah's appender, into a real database. */
  HOWDAH("Howdah") {
    @Override
    LoggingTarget open() {
      return new HowdahTarget(
          PostgresServer.at(System.getProperty(Peer.SERVER_PROPERTY)).createDatabase(),
          Load.BURSTS);
    }
  },

  /** logstash-logback-encoder's appender over a Disruptor, before an empty appender. */
  LOGSTASH("logstash disruptor") {
    @Override
    LoggingTarget open() {
      return new LogstashTarget();
    }
  },

  /** sentry-logback with a transport that sends nothing. */
  SENTRY("sentry-logback") {
    @Override
    LoggingTarget open() {
      return new SentryTarget();
    }
  };

  private final String label;

  CapturePeer(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  abstract LoggingTarget open();
}
