package dev.howdah.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same bug keeps its fingerprint, whatever else changes. Real classes, compiled here. */
class StabilityTest {

  private static final Path THIS_JAVA = Path.of(System.getProperty("java.home"));
  private static final Path JAVA_17 =
      Stream.of("java-17-openjdk-amd64", "temurin-17-jdk-amd64")
          .map(Path.of("/usr/lib/jvm")::resolve)
          .filter(Files::isDirectory)
          .findFirst()
          .orElse(Path.of("/usr/lib/jvm/temurin-17-jdk-amd64"));
  private static final Path JAVA_25 = Path.of("/usr/lib/jvm/temurin-25-jdk-amd64");

  @TempDir Path folder;

  private static final String SHOP =
      """
      import java.util.*;
      import java.util.function.*;
      public class Main {
        %s
        public static void run(String argument) {
          %s
          List.of("a").forEach(line -> place(argument));
        }
        private static void place(String order) {
          %s
          Function<String, Integer> price = line -> Integer.parseInt(line);
          new Object() {
            void submit() {
              price.apply(order);
            }
          }.submit();
        }
      }
      """;

  private String fingerprint(String fields, String inRun, String inPlace) throws Exception {
    return Program.of(folder, SHOP.formatted(fields, inRun, inPlace)).fingerprint("x");
  }

  @Test
  void overEditedLinesAboveIt() throws Exception {
    assertThat(fingerprint("\n\n\nint unused;\nvoid more() {}\n", "", "\n\nint n = 1;\n"))
        .isEqualTo(fingerprint("", "", ""));
  }

  @Test
  void overRecompilationWithMoreLambdasBeforeIt() throws Exception {
    String lambdas = "Runnable a = () -> {}; Runnable b = () -> { Runnable c = () -> {}; };";
    assertThat(
            fingerprint(
                "static " + lambdas.replace("Runnable b", "static Runnable b"), lambdas, lambdas))
        .isEqualTo(fingerprint("", "", ""));
  }

  @Test
  void overRecompilationWithMoreAnonymousClassesBeforeIt() throws Exception {
    String classes = "Object o = new Object() {}; Object p = new Object() {};";
    assertThat(fingerprint("", classes, classes)).isEqualTo(fingerprint("", "", ""));
  }

  @Test
  void whenALoopBecomesAStream() throws Exception {
    String loop =
        "public class Main { public static void run(String a) { for (String s : a.split(\",\")) { check(s); } } %s }";
    String stream =
        "public class Main { public static void run(String a) { java.util.stream.Stream.of(a.split(\",\")).forEach(s -> check(s)); } %s }";
    String check = "static void check(String s) { throw new IllegalStateException(s); }";
    assertThat(Program.of(folder, stream.formatted(check)).fingerprint("a,b"))
        .isEqualTo(Program.of(folder, loop.formatted(check)).fingerprint("a,b"));
  }

  private static final String PROXIES =
      """
      import java.lang.reflect.*;
      public class Main {
        interface Job { void work(); }
        interface A { } interface B { } interface C { }
        public static void run(String others) {
          for (Class<?> other : new Class<?>[] {A.class, B.class, C.class}) {
            if (others.contains(other.getSimpleName())) { proxy(other); }
          }
          ((Job) proxy(Job.class)).work();
        }
        private static Object proxy(Class<?> type) {
          return Proxy.newProxyInstance(Main.class.getClassLoader(), new Class<?>[] {type},
              (self, method, arguments) -> { throw new IllegalStateException("no " + method); });
        }
      }
      """;

  @Test
  void overAnotherNumberingOfProxies() throws Exception {
    Program program = Program.of(folder, PROXIES);
    String some = program.printed(THIS_JAVA, "ABC");
    String none = program.printed(THIS_JAVA, "-");
    assertThat(some).contains("$Proxy3.work");
    assertThat(none).contains("$Proxy0.work");
    assertThat(Program.fingerprintOf(some)).isEqualTo(Program.fingerprintOf(none));
  }

  private static final String REFLECTION =
      """
      import java.lang.reflect.*;
      public class Main {
        public static void run(String times) throws Throwable {
          Method work = Main.class.getDeclaredMethod("work", boolean.class);
          for (int i = 0; i < Integer.parseInt(times); i++) { work.invoke(null, false); }
          work.invoke(null, true);
        }
        static void work(boolean fail) {
          if (fail) { throw new IllegalStateException(); }
        }
      }
      """;

  @Test
  void overTheJvmsWaysOfReflection() throws Exception {
    Program program = Program.of(folder, REFLECTION);
    String first = program.printed(THIS_JAVA, "0");
    String later =
        program.printed(
            THIS_JAVA, "100", "-XX:+UnlockDiagnosticVMOptions", "-XX:+ShowHiddenFrames");
    assertThat(later).isNotEqualTo(first);
    assertThat(Program.fingerprintOf(later)).isEqualTo(Program.fingerprintOf(first));
  }

  private static final String RECURSION =
      """
      public class Main {
        public static void run(String argument) {
          String[] parts = argument.split(" ");
          int depth = Integer.parseInt(parts[1]);
          switch (parts[0]) {
            case "direct" -> countdown(depth);
            case "mutual" -> ping(depth);
            case "each" -> each(depth);
            default -> eval(parts[1]);
          }
        }
        static void countdown(int depth) {
          if (depth == 0) { throw new IllegalStateException(); }
          countdown(depth - 1);
        }
        static void ping(int depth) {
          if (depth == 0) { Integer.parseInt("x"); }
          pong(depth - 1);
        }
        static void pong(int depth) {
          ping(depth);
        }
        static void each(int depth) {
          if (depth == 0) { throw new IllegalStateException(); }
          java.util.List.of(depth).forEach(n -> each(n - 1));
        }
        static void eval(String expression) {
          switch (expression.charAt(0)) {
            case '+' -> add(expression.substring(1));
            case '*' -> multiply(expression.substring(1));
            default -> Integer.parseInt(expression);
          }
        }
        static void add(String operand) { eval(operand); }
        static void multiply(String operand) { eval(operand); }
      }
      """;

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "7", "100", "300"})
  void overAnotherDepthOfDirectRecursion(String depth) throws Exception {
    Program program = Program.of(folder, RECURSION);
    assertThat(program.fingerprint("direct " + depth)).isEqualTo(program.fingerprint("direct 0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "7", "100", "300"})
  void overAnotherDepthOfMutualRecursion(String depth) throws Exception {
    Program program = Program.of(folder, RECURSION);
    assertThat(program.fingerprint("mutual " + depth)).isEqualTo(program.fingerprint("mutual 0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "7", "100"})
  void overAnotherDepthOfRecursionThroughALibrary(String depth) throws Exception {
    Program program = Program.of(folder, RECURSION);
    assertThat(program.fingerprint("each " + depth)).isEqualTo(program.fingerprint("each 0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"+x", "*x", "+*x", "**+x", "+*+*+**++x"})
  void overAnotherTreeThatIsWalked(String expression) throws Exception {
    Program program = Program.of(folder, RECURSION);
    assertThat(program.fingerprint("eval " + expression)).isEqualTo(program.fingerprint("eval x"));
  }

  private static final String OVERFLOW =
      """
      public class Main {
        static long sum;
        public static void run(String argument) {
          if (argument.equals("even")) { even(0); } else { odd(1); }
        }
        static void even(long n) { sum += Long.hashCode(n); odd(n + 1); }
        static void odd(long n) { sum += Long.toString(n).length(); even(n + 1); }
      }
      """;

  @Test
  void whereverAStackOverflows() throws Exception {
    Program program = Program.of(folder, OVERFLOW);
    String even = program.fingerprint("even");
    for (int i = 0; i < 10; i++) {
      assertThat(program.fingerprint("odd")).isEqualTo(even);
    }
  }

  @Test
  void overAnotherUserOrHostInTheMessage() throws Exception {
    Program program =
        Program.of(
            folder,
            "public class Main { public static void run(String a) {"
                + " throw new IllegalStateException(a); } }");
    assertThat(program.fingerprint("user bob is not on db-1.acme.internal"))
        .isEqualTo(program.fingerprint("user alice is not on replica.example.org"));
  }

  private static final String CHAIN =
      """
      import java.util.concurrent.*;
      public class Main {
        static class OrderException extends RuntimeException {
          OrderException(Throwable cause) { super("no order\\nfor you: at all", cause); }
        }
        public static void run(String argument) {
          try {
            CompletableFuture.supplyAsync(() -> price(argument)).get();
          } catch (ExecutionException | InterruptedException e) {
            RuntimeException failure = new OrderException(e);
            failure.addSuppressed(new IllegalArgumentException("while closing"));
            throw failure;
          }
        }
        static int price(String text) { return Integer.parseInt(text); }
      }
      """;

  @Test
  void asTextAndAsALiveThrowable() throws Exception {
    Program program = Program.of(folder, CHAIN);
    StringWriter text = new StringWriter();
    program.thrown("x").printStackTrace(new PrintWriter(text));
    assertThat(Program.fingerprintOf(text.toString())).isEqualTo(program.fingerprint("x"));
  }

  private static final String LIBRARY =
      """
      import java.net.*;
      import java.net.http.*;
      import java.nio.file.*;
      import java.util.*;
      public class Main {
        public static void run(String what) throws Exception {
          List<String> list = new ArrayList<>(List.of("a", "b"));
          switch (what) {
            case "index" -> list.get(2);
            case "iterator" -> { for (String s : list) { list.remove(s); list.add(s); } }
            case "file" -> Files.readString(Path.of("/no/such/file"));
            case "socket" -> new Socket("127.0.0.1", 1);
            case "http" ->
                HttpClient.newHttpClient()
                    .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:1/")).build(),
                        HttpResponse.BodyHandlers.discarding());
            case "stream" -> list.stream().map(Integer::valueOf).sorted().toList();
            case "cast" -> { Object o = list; String s = (String) o; }
            case "format" -> String.format("%d", "x");
            case "enum" -> Thread.State.valueOf("x");
            default -> throw new AssertionError(what);
          }
        }
      }
      """;

  @Test
  void onJava17AndOnJava25() throws Exception {
    assumeTrue(Files.isDirectory(JAVA_17), "needs a JDK 17 at " + JAVA_17);
    assumeTrue(Files.isDirectory(JAVA_25), "needs a JDK 25 at " + JAVA_25);
    Program library = Program.of(folder, LIBRARY);
    Program reflection = Program.of(folder, REFLECTION);
    List<Program.Run> runs = new ArrayList<>();
    runs.add(new Program.Run(Program.of(folder, CHAIN), "x"));
    runs.add(new Program.Run(Program.of(folder, SHOP.formatted("", "", "")), "x"));
    runs.add(new Program.Run(Program.of(folder, PROXIES), "-"));
    runs.add(new Program.Run(reflection, "0"));
    runs.add(new Program.Run(reflection, "100"));
    runs.add(new Program.Run(Program.of(folder, RECURSION), "mutual 20"));
    runs.add(new Program.Run(Program.of(folder, OVERFLOW), "even"));
    for (String what :
        List.of(
            "index", "iterator", "file", "socket", "http", "stream", "cast", "format", "enum")) {
      runs.add(new Program.Run(library, what));
    }
    List<String> on17 = Program.printed(JAVA_17, runs);
    List<String> on25 = Program.printed(JAVA_25, runs);
    for (int i = 0; i < runs.size(); i++) {
      assertThat(Program.fingerprintOf(on25.get(i)))
          .as(on17.get(i) + on25.get(i))
          .isEqualTo(Program.fingerprintOf(on17.get(i)));
    }
  }

  @Test
  void onAVirtualThreadAndOnAPlatformThread() throws Exception {
    assumeTrue(Files.isDirectory(JAVA_25), "needs a JDK 25 at " + JAVA_25);
    Program program =
        Program.of(
            folder,
            """
            import java.util.concurrent.*;
            public class Main {
              public static void run(String kind) throws Throwable {
                ExecutorService executor = (ExecutorService) Executors.class
                    .getMethod(kind).invoke(null);
                try {
                  executor.submit(() -> Integer.parseInt("x")).get();
                } finally {
                  executor.shutdown();
                }
              }
            }
            """);
    String platform = program.printed(JAVA_25, "newCachedThreadPool");
    String virtual = program.printed(JAVA_25, "newVirtualThreadPerTaskExecutor");
    assertThat(virtual).contains("VirtualThread.run");
    assertThat(Program.fingerprintOf(virtual)).isEqualTo(Program.fingerprintOf(platform));
  }
}
