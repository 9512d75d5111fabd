package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import dev.howdah.pipeline.PipelineStats;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A hundred thousand generated events, each with something wrong in it: no exception reaches the
 * caller, no event is lost through itself or its neighbours.
 */
@PostgresTest
class HostileEventsTest {

  private static final int CASES = 100_000;

  private final TestDatabase db;
  private final PrintStream systemErr = System.err;
  private final Random random = new Random(7);
  @TempDir Path directory;
  private int nested;

  HostileEventsTest(TestDatabase db) {
    this.db = db;
  }

  /** SLF4J prints the stack of each toString() that fails: millions of lines. */
  @BeforeEach
  void silence() {
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }

  @AfterEach
  void speakAgain() {
    System.setErr(systemErr);
  }

  @Test
  void aHundredThousandHostileEventsAreAllThere() {
    try (AppenderFixture fixture = new AppenderFixture(db, directory)) {
      fixture.appender.setOnFull("block");
      fixture.appender.setOnFullTimeout("10 min");
      fixture.appender.setMaxMessageLength("1000");
      fixture.appender.setMaxContextLength("2000");
      fixture.appender.setMaxStackTraceLength("5000");
      Logger logger = fixture.start();
      for (int i = 0; i < CASES; i++) {
        log(logger, i);
      }
      fixture.awaitDrained();
      fixture.appender.stop();

      PipelineStats stats = fixture.stats();
      assertThat(stats.dropped()).as("dropped").isZero();
      assertThat(stats.rejected()).as("rejected").isZero();
      assertThat(stats.written()).isEqualTo(CASES + nested);
      assertThat(nested).isPositive();
      // Each replaced character stands in exactly one place, each cut has left its mark.
      assertThat(stats.replaced())
          .as("replaced")
          .isGreaterThanOrEqualTo(replacedInMessages(fixture));
      assertThat(stats.cut()).as("cut").isGreaterThanOrEqualTo(cutTexts(fixture));
      fixture.assertBalanced();
      assertThat(
              db.count(
                  "SELECT count(*) FROM "
                      + fixture.logs()
                      + " WHERE length(message) > 1010 OR length(stack_trace) > 5010"
                      + " OR octet_length(context::text) > 20000"))
          .isZero();
      // Each kind of harm left its visible mark, and the neighbours' texts are whole.
      for (String mark :
          List.of(
              "message LIKE '%\ufffd%'",
              "message LIKE '%… [cut]'",
              "context ? 'howdah.cut'",
              "stack_trace LIKE '%CIRCULAR REFERENCE%'",
              "stack_trace LIKE '%… [cut]'",
              "message LIKE '%FAILED toString()%'",
              "message IS NULL",
              "context::text LIKE '%failed: java.lang.AssertionError%'",
              "context->'list' = '[1, 2, 3]'")) {
        assertThat(db.count("SELECT count(*) FROM " + fixture.logs() + " WHERE " + mark))
            .as(mark)
            .isPositive();
      }
    }
  }

  private long replacedInMessages(AppenderFixture fixture) {
    return db.count(
        "SELECT sum(length(message) - length(replace(message, '\ufffd', ''))) FROM "
            + fixture.logs());
  }

  /** Events with a message, a context or a stack trace that was cut. */
  private long cutTexts(AppenderFixture fixture) {
    return db.count(
        "SELECT count(*) FILTER (WHERE message LIKE '%… [cut]')"
            + " + count(*) FILTER (WHERE context ? 'howdah.cut')"
            + " + count(*) FILTER (WHERE stack_trace LIKE '%… [cut]') FROM "
            + fixture.logs());
  }

  private void log(Logger logger, int i) {
    MDC.clear();
    MDC.put("i", Integer.toString(i));
    if (random.nextInt(20) == 0) {
      MDC.put(text(), random.nextBoolean() ? null : text());
    }
    if (i % 10_000 == 0) {
      for (int k = 0; k < 10_000; k++) {
        MDC.put("key " + k, "value");
      }
    }
    LoggingEventBuilder event = logger.atError();
    for (int k = random.nextInt(3); k > 0; k--) {
      event = event.addKeyValue(random.nextInt(50) == 0 ? null : text(), value(logger));
    }
    List<Integer> list = new ArrayList<>(List.of(1, 2, 3));
    event = event.addKeyValue("list", list);
    if (random.nextInt(10) == 0) {
      event = event.setCause(throwable(i));
    }
    if (random.nextInt(20) == 0) {
      event = event.addMarker(cyclicMarker());
    }
    switch (random.nextInt(6)) {
      case 0 -> event.log((String) null);
      case 1 -> event.log(text());
      case 2 -> event.log("{} and {} of " + text(), value(logger), text());
      case 3 -> event.log("{} {} {}", text(), value(logger));
      case 4 ->
          event.log(i % 20_000 == 4 ? "m".repeat(10_000_000) : "m".repeat(random.nextInt(1500)));
      default -> event.log("\\{} {} {", value(logger), value(logger));
    }
    list.add(4);
  }

  /** Any sequence of UTF-16 units at all. */
  private String text() {
    char[] units = new char[random.nextInt(12)];
    for (int i = 0; i < units.length; i++) {
      units[i] =
          switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> (char) (0xD800 + random.nextInt(0x800));
            case 2 -> (char) random.nextInt(0x20);
            case 3 -> "\"\\{}%$'<>".charAt(random.nextInt(9));
            default -> (char) random.nextInt(0x10000);
          };
    }
    return new String(units);
  }

  private @Nullable Object value(Logger logger) {
    return switch (random.nextInt(18)) {
      case 0 -> null;
      case 1 -> Double.NaN;
      case 2 -> Float.NEGATIVE_INFINITY;
      case 3 -> new java.math.BigDecimal("1E+" + random.nextInt(2_000_000));
      case 4 -> new java.math.BigDecimal("1E-" + random.nextInt(2_000_000));
      case 5 -> new java.math.BigInteger(random.nextInt(20_000), random);
      case 6 -> new Throwing();
      case 7 -> new Recursing(logger);
      case 8 -> cyclicMap();
      case 9 -> new Endless();
      case 10 -> new int[][] {{1, 2}, {3}, null};
      case 11 -> Map.of(text(), Arrays.asList(text(), null, 1e300, Map.of("password", text())));
      case 12 -> new Changing(random);
      case 13 -> deep(random.nextInt(2000));
      case 14 -> Thread.currentThread();
      case 15 -> new Object();
      case 16 -> "v".repeat(random.nextInt(5000));
      default -> text();
    };
  }

  private static Map<String, Object> cyclicMap() {
    Map<String, Object> map = new HashMap<>();
    map.put("self", List.of(map));
    return map;
  }

  private static Object deep(int depth) {
    Object value = "end";
    for (int i = 0; i < depth; i++) {
      value = List.of(value);
    }
    return value;
  }

  @SuppressWarnings("deprecation") // Users still do it.
  private static Marker cyclicMarker() {
    Marker marker = MarkerFactory.getDetachedMarker("a\u0000" + "x".repeat(500));
    Marker other = MarkerFactory.getDetachedMarker("b");
    marker.add(other);
    other.add(marker);
    return marker;
  }

  private Throwable throwable(int i) {
    return switch (random.nextInt(5)) {
      case 0 -> {
        RuntimeException inner = new RuntimeException(text());
        RuntimeException outer = new RuntimeException(text(), inner);
        inner.initCause(outer);
        inner.addSuppressed(outer);
        // Short, so that the circle stands before the cut.
        StackTraceElement[] frames = {new StackTraceElement("a.B", "c", "B.java", 1)};
        inner.setStackTrace(frames);
        outer.setStackTrace(frames);
        yield outer;
      }
      case 1 -> {
        RuntimeException deep = new RuntimeException("frames " + i % 10);
        StackTraceElement[] frames = new StackTraceElement[10_000];
        Arrays.fill(frames, new StackTraceElement("a.B", "c\u0000", "B.java", i % 10));
        deep.setStackTrace(frames);
        yield deep;
      }
      // One whose own toString() fails never gets out of Logback: see ThrowableInfoTest.
      case 2 -> new RuntimeException(text());
      case 3 -> {
        Throwable chain = new RuntimeException("root");
        for (int k = 0; k < 300; k++) {
          chain = new RuntimeException("cause " + k, chain);
        }
        yield chain;
      }
      default -> new RuntimeException((String) null);
    };
  }

  /** A getter and a toString() that fail, with an Error at that. */
  @SuppressWarnings("DoNotCallSuggester") // Failing is what it is for.
  public static final class Throwing {
    /** Read by Jackson. */
    public String getName() {
      throw new IllegalStateException("getter");
    }

    @Override
    public String toString() {
      throw new AssertionError("toString");
    }
  }

  /** Logs while it is being logged. */
  private final class Recursing {
    private final Logger logger;

    Recursing(Logger logger) {
      this.logger = logger;
    }

    @Override
    public String toString() {
      nested++;
      logger.warn("from within: {}", 1);
      return "recursing";
    }
  }

  /** Never ends when it is iterated over. */
  private static final class Endless implements Iterable<Integer> {
    @Override
    public Iterator<Integer> iterator() {
      return java.util.stream.Stream.iterate(1, n -> n + 1).iterator();
    }

    @Override
    public String toString() {
      return "endless";
    }
  }

  /** Never agrees with itself. */
  private static final class Changing {
    private final Random random;

    Changing(Random random) {
      this.random = random;
    }

    @Override
    public String toString() {
      return "c".repeat(random.nextInt(3000));
    }
  }
}
