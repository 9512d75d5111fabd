package dev.howdah.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two bugs have two fingerprints. Real classes, compiled here. */
class SeparationTest {

  @TempDir Path folder;
  private Program program;

  @BeforeEach
  void compile() throws Exception {
    program = Program.of(folder, MAIN, CHAIN, FILTER);
  }

  private static final String MAIN =
      """
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.function.*;
      public class Main {
        static class OrderException extends RuntimeException {
          OrderException(String message, Throwable cause) { super(message, cause); }
        }
        public static void run(String bug) throws Exception {
          switch (bug) {
            case "price" -> price("x");
            case "amount" -> amount("x");
            case "caller-a" -> callerA();
            case "caller-b" -> callerB();
            case "wrapped-parse" -> wrapped(() -> price("x"));
            case "wrapped-state" -> wrapped(() -> state());
            case "wrapped-amount" -> wrapped(() -> amount("x"));
            case "lambda-in-a" -> lambdaInA().run();
            case "lambda-in-b" -> lambdaInB().run();
            case "parse-in-one-method" -> twoCalls("x");
            case "get-in-one-method" -> twoCalls("");
            case "npe" -> typed(0);
            case "ise" -> typed(1);
            case "nested-a" -> new Nested().fail();
            case "nested-b" -> new Other().fail();
            case "wait-a" -> waitA();
            case "wait-b" -> waitB();
            case "filtered-price" -> new Chain(new Filter(), () -> price("x")).proceed();
            case "filtered-amount" -> new Chain(new Filter(), () -> amount("x")).proceed();
            case "job-a" -> inTransaction(() -> jobA());
            case "job-b" -> inTransaction(() -> jobB());
            case "even" -> even(4);
            case "odd" -> odd(5);
            default -> throw new AssertionError(bug);
          }
        }
        static void price(String text) { Integer.parseInt(text); }
        static void amount(String text) { Integer.parseInt(text); }
        static void state() { throw new IllegalStateException(); }
        static void callerA() { price("x"); }
        static void callerB() { price("x"); }
        static void wrapped(Runnable task) {
          try { task.run(); } catch (RuntimeException e) { throw new OrderException("failed", e); }
        }
        static Runnable lambdaInA() { return () -> { throw new IllegalStateException(); }; }
        static Runnable lambdaInB() { return () -> { throw new IllegalStateException(); }; }
        static void twoCalls(String text) {
          if (text.isEmpty()) { Integer.valueOf(""); }
          Integer.parseInt(text);
        }
        static void typed(int kind) {
          if (kind == 0) { throw new NullPointerException(); }
          throw new IllegalStateException();
        }
        static class Nested { void fail() { throw new IllegalStateException(); } }
        static class Other { void fail() { throw new IllegalStateException(); } }
        static void waitA() throws Exception { task().get(); }
        static void waitB() throws Exception { task().get(); }
        static Future<?> task() { return CompletableFuture.runAsync(() -> price("x")); }
        static void inTransaction(Runnable work) { work.run(); }
        static void jobA() { inTransaction(() -> price("x")); }
        static void jobB() { inTransaction(() -> price("x")); }
        static void even(int n) { if (n == 0) { state(); } odd(n - 1); }
        static void odd(int n) { if (n == 1) { throw new IllegalStateException(); } even(n - 1); }
      }
      """;

  private static final String CHAIN =
      """
      public class Chain {
        private final Filter filter;
        private final Runnable target;
        private boolean passed;
        Chain(Filter filter, Runnable target) { this.filter = filter; this.target = target; }
        void proceed() {
          if (passed) { target.run(); } else { passed = true; filter.doFilter(this); }
        }
      }
      """;

  private static final String FILTER =
      "public class Filter { void doFilter(Chain chain) { chain.proceed(); } }";

  @ParameterizedTest(name = "{0}: {1} and {2}")
  @CsvSource({
    "different bugs in the same class, price, amount",
    "the same type from different callers, caller-a, caller-b",
    "different causes under the same wrapper, wrapped-parse, wrapped-state",
    "the same cause from elsewhere under the same wrapper, wrapped-parse, wrapped-amount",
    "lambdas of different methods of one class, lambda-in-a, lambda-in-b",
    "calls of different methods of a library in one method, parse-in-one-method, get-in-one-method",
    "different types from one method, npe, ise",
    "methods of one name in different classes, nested-a, nested-b",
    "different callers who wait for one task, wait-a, wait-b",
    "different bugs behind one filter, filtered-price, filtered-amount",
    "different jobs in a helper that is in itself, job-a, job-b",
    "different bugs in one recursion, even, odd",
    "with and without a wrapper of its own, price, wrapped-parse",
  })
  void separates(String what, String one, String other) throws Exception {
    assertThat(program.fingerprint(one)).as(what).isNotEqualTo(program.fingerprint(other));
  }

  @Test
  void eachOfThemIsTheSameTwice() throws Exception {
    for (String bug : new String[] {"price", "wrapped-parse", "wait-a", "filtered-price", "even"}) {
      assertThat(program.fingerprint(bug)).isEqualTo(program.fingerprint(bug));
    }
  }
}
