package dev.howdah.benchmarks;

import dev.howdah.testkit.PostgresServer;
import dev.howdah.testkit.TestDatabase;
import java.util.Arrays;
import java.util.List;

/** Whose logging calls {@link CallerBenchmark} measures. */
public enum Peer {
  /** Howdah's appender for Logback, into a real database. */
  HOWDAH_LOGBACK("Howdah on Logback") {
    @Override
    PaymentLog open(Load load) {
      return new Slf4jPayments(new HowdahTarget(database(), load));
    }
  },

  /** Logback's AsyncAppender, with a queue as long as Howdah's ring, before an empty appender. */
  ASYNC_APPENDER("Logback AsyncAppender") {
    @Override
    PaymentLog open(Load load) {
      return new Slf4jPayments(new AsyncTarget());
    }
  },

  /** logstash-logback-encoder's appender over a Disruptor, before an empty appender. */
  LOGSTASH("logstash disruptor") {
    @Override
    PaymentLog open(Load load) {
      return new Slf4jPayments(new LogstashTarget());
    }
  },

  /** An appender that formats the message and lets it go: what Logback itself costs. */
  FORMAT_ONLY("Logback, format only") {
    @Override
    PaymentLog open(Load load) {
      return new Slf4jPayments(new FormattingTarget());
    }
  },

  /** Howdah's appender for Log4j2, into a real database. */
  HOWDAH_LOG4J2("Howdah on Log4j2") {
    @Override
    PaymentLog open(Load load) {
      return Log4j2Payments.howdah(database(), load);
    }
  },

  /** The same behind Log4j2's asynchronous loggers. */
  HOWDAH_ASYNC_LOGGERS("Howdah, async loggers") {
    @Override
    PaymentLog open(Load load) {
      return Log4j2Payments.behindAsyncLoggers(database(), load);
    }

    /** Over Disruptor 4, which Howdah brings, Log4j2 loses events when its own ring is full. */
    @Override
    boolean stands(Load load) {
      return load == Load.BURSTS;
    }
  },

  /** Log4j2's AsyncAppender, likewise. */
  LOG4J2_ASYNC_APPENDER("Log4j2 AsyncAppender") {
    @Override
    PaymentLog open(Load load) {
      return Log4j2Payments.asyncAppender();
    }
  };

  /** URL of the server that the measured JVMs use. */
  static final String SERVER_PROPERTY = "howdah.benchmarks.server";

  /** Log4j2's for programs without garbage, see docs/log4j2.md; for every peer alike. */
  static final List<String> JVM_ARGS =
      List.of(
          "-Dlog4j2.garbagefreeThreadContextMap=true",
          "-Dlog4j2.clock=CachedClock",
          "-Dlog4j2.asyncLoggerRingBufferSize=" + CallerBenchmark.RING_SIZE);

  private final String label;

  Peer(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** The peer of a contender's name. */
  static Peer labelledAtEndOf(String contender) {
    return Arrays.stream(values())
        .filter(peer -> contender.endsWith(peer.label))
        .findFirst()
        .orElseThrow();
  }

  abstract PaymentLog open(Load load);

  /** Whether it can be measured under this load. */
  boolean stands(Load load) {
    return true;
  }

  boolean isLog4j2() {
    return ordinal() >= HOWDAH_LOG4J2.ordinal();
  }

  private static TestDatabase database() {
    return PostgresServer.at(System.getProperty(SERVER_PROPERTY)).createDatabase();
  }
}
