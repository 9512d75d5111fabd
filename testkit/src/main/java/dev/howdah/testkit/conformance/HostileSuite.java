package dev.howdah.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.OneJdk;
import dev.howdah.testkit.TestDatabase;
import java.io.OutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A hundred thousand generated events, each with something wrong in it: no exception reaches the
 * caller, no event is lost through itself or its neighbours.
 */
@OneJdk
public abstract class HostileSuite extends ConformanceSuite {

  private static final int CASES = 100_000;

  /** Jackson ends at 500; what overflows the stack within a framework never gets to an appender. */
  private static final int MAX_DEPTH = 700;

  /** Stacks of ten thousand frames cost a framework milliseconds each: some are enough. */
  private static final int DEEP_STACK_EVERY = CASES / 40;

  /** Small, since each endless toString() fills it: thousands of them. In bytes. */
  private static final long STACK = 512 << 10;

  private final PrintStream systemErr = System.err;
  private final Random random = new Random(7);
  private int nested;
  private int openTemplates;

  /**
   * For a subclass that names its framework.
   *
   * @param driver the framework
   * @param db a database for this class
   */
  protected HostileSuite(Driver driver, TestDatabase db) {
    super(driver, db);
  }

  /** Frameworks print the stack of each toString() that fails: millions of lines. */
  @BeforeEach
  void silence() {
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }

  @AfterEach
  void speakAgain() {
    System.setErr(systemErr);
  }

  @Test
  void aHundredThousandHostileEventsAreAllThere() throws Exception {
    settings.put("onFull", "block");
    settings.put("onFullTimeout", "10 min");
    settings.put("maxMessageLength", "1000");
    settings.put("maxContextLength", "2000");
    settings.put("maxStackTraceLength", "5000");
    Session session = start();
    logAll(session);
    awaitDrained(session);
    session.stop();

    Counts counts = session.counts();
    assertThat(counts.dropped()).as("dropped").isZero();
    assertThat(counts.rejected()).as("rejected").isZero();
    assertThat(counts.written())
        .isEqualTo(CASES + nestedCallsThatAreStored() - templatesThatFail());
    // Each replaced character stands in exactly one place, each cut has left its mark.
    assertThat(counts.replaced()).as("replaced").isGreaterThanOrEqualTo(replacedInMessages());
    assertThat(counts.cut()).as("cut").isGreaterThanOrEqualTo(cutTexts());
    assertBalanced(session);
    assertThat(
            db.count(
                "SELECT count(*) FROM "
                    + logs()
                    + " WHERE length(message) > 1010 OR length(stack_trace) > 5010"
                    + " OR octet_length(context::text) > 20000"))
        .isZero();
    assertEachKindOfHarmLeftItsMark();
  }

  private long nestedCallsThatAreStored() {
    long stored = db.count("SELECT count(*) FROM " + logs() + " WHERE message = 'from within: 1'");
    if (!differs(Difference.NESTED_CALLS_REFUSED)) {
      assertThat(stored).isPositive().isEqualTo(nested);
    } else if (differs(Difference.ARGUMENTS_FORMATTED_BEFORE)) {
      assertThat(stored).as("those of arguments").isPositive().isLessThan(nested);
    } else {
      assertThat(stored).isZero();
    }
    return stored;
  }

  private int templatesThatFail() {
    assertThat(openTemplates).isPositive();
    return differs(Difference.OPEN_TEMPLATES_FAIL) ? openTemplates : 0;
  }

  /** And the neighbours' texts are whole. */
  private void assertEachKindOfHarmLeftItsMark() {
    for (String mark :
        List.of(
            "message LIKE '%\ufffd%'",
            "message LIKE '%… [cut]'",
            "context ? 'howdah.cut'",
            "stack_trace LIKE '%CIRCULAR REFERENCE%'",
            "stack_trace LIKE '%… [cut]'",
            "stack_trace LIKE 'java.lang.RuntimeException: frames %… [cut]'",
            "strpos(message, '" + driver.failedToString() + "') > 0",
            differs(Difference.NULL_MESSAGE_IS_TEXT) ? "message = 'null'" : "message IS NULL",
            "context::text LIKE '%failed: java.lang.AssertionError%'",
            "context->'list' = '[1, 2, 3]'")) {
      assertThat(db.count("SELECT count(*) FROM " + logs() + " WHERE " + mark))
          .as(mark)
          .isPositive();
    }
  }

  private long replacedInMessages() {
    return db.count(
        "SELECT sum(length(message) - length(replace(message, '\ufffd', ''))) FROM " + logs());
  }

  /** Events with a message, a context or a stack trace that was cut. */
  private long cutTexts() {
    return db.count(
        "SELECT count(*) FILTER (WHERE message LIKE '%… [cut]')"
            + " + count(*) FILTER (WHERE context ? 'howdah.cut')"
            + " + count(*) FILTER (WHERE stack_trace LIKE '%… [cut]') FROM "
            + logs());
  }

  /** An exception that reached the caller comes out here. */
  private void logAll(Session session) throws InterruptedException, ExecutionException {
    FutureTask<Void> work =
        new FutureTask<>(
            () -> {
              for (int i = 0; i < CASES; i++) {
                log(session, i);
              }
              return null;
            });
    new Thread(null, work, "hostile", STACK).start();
    work.get();
  }

  private void log(Session session, int i) {
    session.clearMdc();
    session.mdc("i", Integer.toString(i));
    if (random.nextInt(20) == 0) {
      session.mdc(text(), random.nextBoolean() ? null : text());
    }
    if (i % 10_000 == 0) {
      for (int k = 0; k < 10_000; k++) {
        session.mdc("key " + k, "value");
      }
    }
    List<Integer> list = new ArrayList<>(List.of(1, 2, 3));
    Call call = message(session, i);
    for (int k = random.nextInt(3); k > 0; k--) {
      call = call.keyValue(random.nextInt(50) == 0 ? null : text(), value(session));
    }
    call = call.keyValue("list", list);
    if (i % DEEP_STACK_EVERY == 0) {
      call = call.cause(deepStack(i));
    } else if (random.nextInt(10) == 0) {
      call = call.cause(throwable());
    }
    if (random.nextInt(20) == 0) {
      call = call.mark(Mark.of("a\u0000" + "x".repeat(500), Mark.of("b", Mark.of("a"))));
    }
    boolean open = call.template() != null && call.template().endsWith("\\{");
    openTemplates += open && !call.arguments().isEmpty() ? 1 : 0;
    session.log(call);
    list.add(4);
  }

  private Call message(Session session, int i) {
    return switch (random.nextInt(6)) {
      case 0 -> error(null);
      case 1 -> error(text());
      case 2 -> error("{} and {} of " + text(), value(session), text());
      case 3 -> error("{} {} {}", text(), value(session));
      case 4 -> error(i % 20_000 == 4 ? "m".repeat(10_000_000) : "m".repeat(random.nextInt(1500)));
      default -> error("\\{} {} {", value(session), value(session));
    };
  }

  private static Call error(@Nullable String template, @Nullable Object... arguments) {
    return Call.at(Level.ERROR, template, arguments);
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

  private @Nullable Object value(Session session) {
    return switch (random.nextInt(18)) {
      case 0 -> null;
      case 1 -> Double.NaN;
      case 2 -> Float.NEGATIVE_INFINITY;
      case 3 -> new BigDecimal("1E+" + random.nextInt(2_000_000));
      case 4 -> new BigDecimal("1E-" + random.nextInt(2_000_000));
      case 5 -> new BigInteger(random.nextInt(20_000), random);
      case 6 -> new Throwing();
      case 7 -> new Recursing(session);
      case 8 -> cyclicMap();
      case 9 -> new Endless();
      case 10 -> new int[][] {{1, 2}, {3}, null};
      case 11 -> Map.of(text(), Arrays.asList(text(), null, 1e300, Map.of("password", text())));
      case 12 -> new Changing(random);
      case 13 -> deep(random.nextInt(MAX_DEPTH));
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

  private static Throwable deepStack(int i) {
    RuntimeException deep = new RuntimeException("frames " + i);
    StackTraceElement[] frames = new StackTraceElement[10_000];
    Arrays.fill(frames, new StackTraceElement("a.B", "c\u0000", "B.java", i));
    deep.setStackTrace(frames);
    return deep;
  }

  private Throwable throwable() {
    return switch (random.nextInt(4)) {
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
      // One whose own toString() fails never gets out of Logback: see core's ThrowableInfoTest.
      case 1 -> new RuntimeException(text());
      case 2 -> {
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
    private Throwing() {}

    /** {@return nothing, ever; read by Jackson} */
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
    private final Session session;

    Recursing(Session session) {
      this.session = session;
    }

    @Override
    public String toString() {
      nested++;
      session.log(Call.at(Level.WARN, "from within: {}", 1));
      return "recursing";
    }
  }

  /** Never ends when it is iterated over. */
  private static final class Endless implements Iterable<Integer> {
    @Override
    public Iterator<Integer> iterator() {
      return Stream.iterate(1, n -> n + 1).iterator();
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
