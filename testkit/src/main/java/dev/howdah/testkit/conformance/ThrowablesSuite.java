package dev.howdah.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A throwable is stored as Java prints it, once for each text, as it was when it was logged. */
public abstract class ThrowablesSuite extends ConformanceSuite {

  /**
   * For a subclass that names its framework.
   *
   * @param driver the framework
   * @param db a database for this class
   */
  protected ThrowablesSuite(Driver driver, TestDatabase db) {
    super(driver, db);
  }

  private static String asJavaPrints(Throwable throwable) {
    StringWriter text = new StringWriter();
    throwable.printStackTrace(new PrintWriter(text));
    return text.toString().replace("\r\n", "\n");
  }

  static Stream<Throwable> throwables() {
    return Stream.of(
        new IllegalStateException("plain"),
        new IllegalStateException(),
        new RuntimeException("", null),
        new RuntimeException("two\n\tlines", new Error("Ünïcödé ☃ 🐘")),
        new RuntimeException(new RuntimeException(new RuntimeException("innermost"))),
        new WithoutStack(),
        suppressing(),
        circular());
  }

  private static Throwable suppressing() {
    RuntimeException aside = new RuntimeException("aside", new Exception("its cause"));
    aside.addSuppressed(new Exception("aside of the aside"));
    Exception error = new Exception("outer", new Exception("inner"));
    error.addSuppressed(aside);
    error.addSuppressed(new Error("second"));
    return error;
  }

  private static Throwable circular() {
    RuntimeException cause = new RuntimeException("inner");
    IllegalStateException error = new IllegalStateException("outer", cause);
    error.addSuppressed(new RuntimeException("aside"));
    cause.initCause(error);
    return error;
  }

  /** As those that are made once and thrown often. */
  private static final class WithoutStack extends RuntimeException {
    WithoutStack() {
      super("without a stack", null, false, false);
    }
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void aStackTraceIsJavasOwnTextAndStoredOnce(Throwable throwable) {
    Session session = start();
    for (int i = 0; i < 100; i++) {
      session.log(Call.at(Level.ERROR, "failed").cause(throwable));
    }
    session.stop();

    assertThat(db.query("SELECT DISTINCT stack_trace FROM " + logs()))
        .containsExactly(List.of(asJavaPrints(throwable)));
    assertThat(db.count("SELECT count(*) FROM " + schema + ".stack_traces")).isEqualTo(1);
    assertThat(db.count("SELECT count(stack_id) FROM " + logs())).isEqualTo(100);
  }

  @Test
  void aThrowableBehindTheArgumentsIsTheEvents() {
    Exception thrown = new Exception("thrown");
    Session session = start();
    session.log(Level.WARN, Call.LOGGER, "{} failed", "ann", thrown);
    session.log(Level.WARN, Call.LOGGER, "failed", thrown);
    session.log(Level.WARN, Call.LOGGER, "failed by {}", thrown);
    session.stop();

    assertThat(db.query("SELECT message, stack_trace FROM " + logs() + " ORDER BY seq LIMIT 2"))
        .containsExactly(
            List.of("ann failed", asJavaPrints(thrown)), List.of("failed", asJavaPrints(thrown)));
    // Frameworks differ in whether this one is an argument, the event's throwable or both.
    assertThat(
            db.count(
                "SELECT count(*) FROM "
                    + logs()
                    + " WHERE message LIKE 'failed by%' AND concat(message, stack_trace) LIKE"
                    + " '%java.lang.Exception: thrown%'"))
        .isEqualTo(1);
  }

  @Test
  void whatHappensToAThrowableLaterChangesNothing() {
    Session session = start();
    StackTraceElement[] frames = {new StackTraceElement("a.B", "c", "B.java", 1)};
    for (int i = 0; i < 1000; i++) {
      Exception thrown = new Exception("number " + i);
      thrown.setStackTrace(frames);
      session.log(Call.at(Level.ERROR, "failed").cause(thrown));
      thrown.addSuppressed(new Exception("later"));
      thrown.setStackTrace(new StackTraceElement[0]);
      thrown.initCause(new Exception("later too"));
    }
    session.stop();

    assertThat(
            db.count(
                "SELECT count(*) FROM "
                    + logs()
                    + " WHERE stack_trace = 'java.lang.Exception: number ' || (seq - 1)"
                    + " || E'\\n\\tat a.B.c(B.java:1)\\n'"))
        .isEqualTo(1000);
  }
}
