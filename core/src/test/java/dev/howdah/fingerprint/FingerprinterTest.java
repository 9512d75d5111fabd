package dev.howdah.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.howdah.event.ThrowableInfo;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FingerprinterTest {

  private static final Function<String, @Nullable String> NO_CONTEXT =
      Map.<String, String>of()::get;
  private final Fingerprinter defaults = Fingerprinter.withDefaults();

  /** A throwable with frames such as {@code com.acme.Shop.open}, innermost first. */
  private static <T extends Throwable> T at(T throwable, String... frames) {
    StackTraceElement[] stack = new StackTraceElement[frames.length];
    for (int i = 0; i < frames.length; i++) {
      int dot = frames[i].lastIndexOf('.');
      stack[i] =
          new StackTraceElement(
              frames[i].substring(0, dot), frames[i].substring(dot + 1), "X.java", i);
    }
    throwable.setStackTrace(stack);
    return throwable;
  }

  private static ErrorEvent event(Throwable throwable) {
    return ErrorEvent.of(ThrowableInfo.of(throwable, 10_000));
  }

  private static ErrorEvent event(@Nullable String template, @Nullable String message) {
    return new ErrorEvent(null, "com.acme.Shop", template, message, NO_CONTEXT);
  }

  private String value(Throwable throwable) {
    return defaults.fingerprint(event(throwable)).value();
  }

  private Explanation explained(Throwable throwable) {
    return defaults.explain(event(throwable));
  }

  @Test
  void isAVersionAnd128Bits() {
    assertThat(value(new IOException())).matches("v1:[0-9a-f]{32}");
  }

  @Test
  void staysWhatItIs() {
    assertThat(value(at(new IOException("x"), "com.acme.Shop.open", "com.acme.Shop.main")))
        .isEqualTo("v1:2703a668acee730ec9c12a9fe6446784");
  }

  static List<Throwable> wrappers() {
    IOException cause = at(new IOException("gone"), "com.acme.Shop.open");
    return List.of(
        new ExecutionException(cause),
        new CompletionException(cause),
        new InvocationTargetException(cause),
        new UndeclaredThrowableException(cause),
        new RuntimeException(cause),
        new RuntimeException("at last", new ExecutionException(new CompletionException(cause))));
  }

  @ParameterizedTest
  @MethodSource("wrappers")
  void seesThroughWrappers(Throwable wrapper) {
    Throwable bare = at(new IOException("gone"), "com.acme.Shop.open");
    for (Throwable e = wrapper; e != null && !(e instanceof IOException); e = e.getCause()) {
      at(e, "java.util.concurrent.FutureTask.report");
    }
    assertThat(value(wrapper)).isEqualTo(value(bare));
  }

  @Test
  void aWrapperAroundNothingIsNoWrapper() {
    assertThat(value(at(new RuntimeException("a"), "com.acme.Shop.open")))
        .isNotEqualTo(value(at(new IOException("a"), "com.acme.Shop.open")));
  }

  @Test
  void suppressedOnesDoNotCount() {
    IOException plain = at(new IOException("gone"), "com.acme.Shop.open");
    IOException closed = at(new IOException("gone"), "com.acme.Shop.open");
    closed.addSuppressed(at(new IllegalStateException(), "com.acme.Other.close"));
    assertThat(value(closed)).isEqualTo(value(plain));
  }

  @Test
  void causesInACircleEnd() {
    IOException one = at(new IOException("one"), "com.acme.Shop.one");
    IllegalStateException two = at(new IllegalStateException("two", one), "com.acme.Shop.two");
    one.initCause(two);
    assertThat(explained(one).parts())
        .containsExactly(
            "type java.io.IOException",
            "type java.lang.IllegalStateException",
            "frame com.acme.Shop.two",
            "frame com.acme.Shop.one");
  }

  @Test
  void aFilterThatComesOrGoesChangesNothing() {
    Throwable with =
        at(
            new IOException(),
            "com.acme.Shop.open",
            "org.apache.catalina.core.ApplicationFilterChain.doFilter",
            "com.acme.TraceFilter.doFilterInternal",
            "org.apache.catalina.core.ApplicationFilterChain.doFilter");
    assertThat(value(with)).isEqualTo(value(at(new IOException(), "com.acme.Shop.open")));
  }

  @Test
  void behindNothingButAFilterTheFramesOfLibrariesCount() {
    String[] filter = {
      "org.apache.catalina.core.ApplicationFilterChain.doFilter", "com.acme.TraceFilter.doFilter"
    };
    Explanation explanation =
        explained(at(new IOException(), "org.springframework.A.b", filter[0], filter[1]));
    assertThat(explanation.basis()).isEqualTo(Basis.LIBRARY_FRAMES);
    assertThat(explanation.parts()).contains("frame org.springframework.A.b");
  }

  @Test
  void twoStartsThatFailInDifferentLibrariesAreTwoBugs() {
    String[] start = {"org.springframework.boot.SpringApplication.run", "com.acme.Main.main"};
    Throwable pool =
        at(
            new IOException(),
            "java.io.A.b",
            "com.zaxxer.hikari.HikariConfig.set",
            start[0],
            start[1]);
    Throwable schema =
        at(
            new IOException(),
            "org.springframework.util.Assert.notNull",
            "org.flywaydb.core.Flyway.migrate",
            start[0],
            start[1]);
    assertThat(explained(pool).parts())
        .containsExactly(
            "type java.io.IOException",
            "calls run",
            "fails in com.zaxxer.hikari.HikariConfig.set",
            "frame com.acme.Main.main");
    assertThat(explained(schema).parts()).contains("fails in org.flywaydb.core.Flyway.migrate");
  }

  @Test
  void aCallThatSaysWhatItDoesNeedsNoMore() {
    Throwable throwable =
        at(new IOException(), "okhttp3.A.b", "okhttp3.A.fetch", "com.acme.Shop.open");
    assertThat(explained(throwable).parts())
        .containsExactly("type java.io.IOException", "calls fetch", "frame com.acme.Shop.open");
  }

  @Test
  void withoutFramesOfAnyLibraryThePlatformsCount() {
    assertThat(explained(at(new IOException(), "java.io.A.b", "java.lang.Thread.run")).parts())
        .containsExactly("type java.io.IOException", "frame java.io.A.b");
  }

  @Test
  void withoutAnyFrameTheMessageCounts() {
    assertThat(value(at(new IOException("user 1 of db-1:5432"))))
        .isEqualTo(value(at(new IOException("user 22 of db-2.acme.com:5432"))))
        .isNotEqualTo(value(at(new IOException("order 1 of db-1:5432"))));
  }

  @Test
  void withoutAMessageTheLoggerAndTheTemplateCount() {
    ThrowableInfo bare = ThrowableInfo.of(at(new IOException()), 100);
    ErrorEvent shop = new ErrorEvent(bare, "com.acme.Shop", "a {}", "a 1", NO_CONTEXT);
    ErrorEvent other = new ErrorEvent(bare, "com.acme.Other", "a {}", "a 1", NO_CONTEXT);
    ErrorEvent another = new ErrorEvent(bare, "com.acme.Shop", "b {}", "b 1", NO_CONTEXT);
    assertThat(defaults.explain(shop).basis()).isEqualTo(Basis.LOGGER);
    assertThat(List.of(shop, other, another))
        .extracting(event -> defaults.fingerprint(event).value())
        .doesNotHaveDuplicates();
  }

  @Test
  void anErrorInWordsIsGroupedByItsTemplate() {
    assertThat(defaults.fingerprint(event("no {}", "no bread")).value())
        .isEqualTo(defaults.fingerprint(event("no {}", "no wine")).value())
        .isNotEqualTo(defaults.fingerprint(event("not {}", "not bread")).value());
    assertThat(defaults.fingerprint(event(null, "no order 1")).value())
        .isEqualTo(defaults.fingerprint(event(null, "no order 2")).value());
  }

  @Test
  void namesTheGroupByTheRootCause() {
    Throwable chain =
        at(
            new IllegalStateException(
                "failed", at(new IOException("no file 7"), "java.io.A.b", "com.acme.Shop.open")),
            "com.acme.Shop.main");
    Fingerprint fingerprint = defaults.fingerprint(event(chain));
    assertThat(fingerprint.title()).isEqualTo("IOException: no file <number>");
    assertThat(fingerprint.culprit()).isEqualTo("com.acme.Shop.open");
  }

  @Test
  void aTitleIsOneLineOfBoundedLength() {
    Fingerprint fingerprint =
        defaults.fingerprint(event(new IOException("word ".repeat(100) + "\nsecond line")));
    assertThat(fingerprint.title()).hasSize(Fingerprint.MAX_TITLE).doesNotContain("\n");
  }

  @Test
  void inAppAndNotInAppDecideByTheLongestPrefix() {
    Throwable throwable =
        at(
            new IOException(),
            "com.acme.commons.Retry.call",
            "com.acme.commons.io.Files.read",
            "com.acmecorp.Shop.open",
            "org.springframework.samples.Clinic.visit");
    Fingerprinter configured =
        Fingerprinter.builder()
            .notInApp("com.acme.")
            .inApp("com.acme.commons.io.*")
            .inApp("org.springframework.samples")
            .build();
    assertThat(configured.explain(event(throwable)).parts())
        .containsExactly(
            "type java.io.IOException",
            "calls call",
            "frame com.acme.commons.io.Files.read",
            "frame com.acmecorp.Shop.open",
            "frame org.springframework.samples.Clinic.visit");
  }

  @Test
  void anOwnNormalizerChangesFramesAndMessages() {
    Fingerprinter configured =
        Fingerprinter.builder()
            .normalizer("(tenant)_[a-z]+", "$1")
            .normalizer("^com\\.gen\\..*", "")
            .build();
    Throwable framed = at(new IOException(), "com.gen.Code.x", "com.acme.tenant_abc.Shop.open");
    assertThat(configured.explain(event(framed)).parts())
        .containsExactly("type java.io.IOException", "frame com.acme.tenant.Shop.open");
    assertThat(configured.explain(event(at(new IOException("no tenant_xyz")))).parts())
        .contains("message no tenant");
  }

  @Test
  void anOwnNormalizerThatReadsWithoutEndChangesNothing() {
    Fingerprinter configured = Fingerprinter.builder().normalizer("(a+)+b", "x").build();
    String name = "a".repeat(400) + ".c";
    assertThat(configured.explain(event(at(new IOException(), name))).parts())
        .contains("frame " + name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "( | x | setting 'normalizer' has the pattern '('",
        "a | $1 | setting 'normalizer' has the replacement '$1'",
        "a | $ | setting 'normalizer' has the replacement '$'",
      })
  void aBadNormalizerIsRefused(String pattern, String replacement, String message) {
    assertThatThrownBy(() -> Fingerprinter.builder().normalizer(pattern, replacement))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("it must be");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".", "com..acme", "com acme", "com/acme", "^com"})
  void aBadPrefixIsRefused(String prefix) {
    assertThatThrownBy(() -> Fingerprinter.builder().inApp(prefix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "setting 'inApp' has the value '%s': it must be a package or class such as com.acme"
                .formatted(prefix));
  }

  @Test
  void aTemplateDividesGroups() {
    Fingerprinter byTenant =
        Fingerprinter.builder().template("{{ default }}, {context.tenant}").build();
    ThrowableInfo bug = ThrowableInfo.of(at(new IOException(), "com.acme.Shop.open"), 100);
    assertThat(byTenant.fingerprint(withContext(bug, Map.of("tenant", "a"))).value())
        .isNotEqualTo(byTenant.fingerprint(withContext(bug, Map.of("tenant", "b"))).value())
        .isEqualTo(byTenant.fingerprint(withContext(bug, Map.of("tenant", "a"))).value());
  }

  @Test
  void aTemplateOfTheDefaultAloneIsTheDefault() {
    ErrorEvent event = event(at(new IOException(), "com.acme.Shop.open"));
    assertThat(Fingerprinter.builder().template("{{default}}").build().fingerprint(event))
        .isEqualTo(defaults.fingerprint(event));
  }

  @Test
  void aTemplateMayGatherWhatTheDefaultDivides() {
    Fingerprinter byType = Fingerprinter.builder().template("{exception} of {logger}").build();
    assertThat(byType.fingerprint(event(at(new IOException(), "com.acme.A.b"))).value())
        .isEqualTo(byType.fingerprint(event(at(new IOException(), "com.acme.C.d"))).value())
        .isNotEqualTo(byType.fingerprint(event(at(new Exception(), "com.acme.A.b"))).value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "all", "{{ default }", "{tenant}", "{context.}", "{", "a } {logger}"})
  void aBadTemplateIsRefused(String template) {
    assertThatThrownBy(() -> Fingerprinter.builder().template(template))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("setting 'fingerprint' has the value '" + template + "': ")
        .hasMessageContaining("it must be a text with at least one of {{ default }}");
  }

  @Test
  void anEventsOwnFingerprintTakesTheDefaultsPlace() {
    ThrowableInfo one = ThrowableInfo.of(at(new IOException(), "com.acme.A.b"), 100);
    ThrowableInfo other = ThrowableInfo.of(at(new IOException(), "com.acme.C.d"), 100);
    Map<String, String> plain = Map.of("fingerprint", "payment {x}");
    Map<String, String> divided = Map.of("fingerprint", "{{ default }} payment");
    assertThat(defaults.fingerprint(withContext(one, plain)).value())
        .isEqualTo(defaults.fingerprint(withContext(other, plain)).value())
        .isNotEqualTo(defaults.fingerprint(withContext(one, Map.of())).value());
    assertThat(defaults.fingerprint(withContext(one, divided)).value())
        .isNotEqualTo(defaults.fingerprint(withContext(other, divided)).value());
  }

  private static ErrorEvent withContext(ThrowableInfo throwable, Map<String, String> context) {
    return new ErrorEvent(throwable, "com.acme.Shop", null, null, context::get);
  }

  @Test
  void whatIsKnownOfAStackNeedNotBeFoundAgain() {
    Fingerprinter fingerprinter =
        Fingerprinter.builder().template("{{ default }}, {context.tenant}, {exception}").build();
    ThrowableInfo one = ThrowableInfo.of(at(new IOException("1"), "com.acme.Shop.open"), 1000);
    Fingerprint known = fingerprinter.explain(ErrorEvent.of(one)).byDefault();

    for (Map<String, String> context :
        List.of(
            Map.<String, String>of(),
            Map.of("tenant", "a"),
            Map.of("fingerprint", "payment_timeout_error"),
            Map.of("fingerprint", "{{ default }} of a tenant"))) {
      ErrorEvent event = withContext(one, context);
      assertThat(fingerprinter.fingerprint(event, known))
          .isEqualTo(fingerprinter.fingerprint(event));
    }
  }

  @Test
  void theWayThereDoesNotCountFartherOutThanSixFrames() {
    String[] six = {
      "com.acme.A.a", "com.acme.B.b", "com.acme.C.c", "com.acme.D.d", "com.acme.E.e", "com.acme.F.f"
    };
    String[] seven = Arrays.copyOf(six, 7);
    seven[6] = "com.acme.Job.run";
    String[] other = six.clone();
    other[5] = "com.acme.Job.run";

    assertThat(explained(at(new IOException("x"), seven)).fingerprint().value())
        .isEqualTo(explained(at(new IOException("x"), six)).fingerprint().value())
        .isNotEqualTo(explained(at(new IOException("x"), other)).fingerprint().value());
  }

  @Test
  void anApiKeepsItsTypesUnderItsNewName() {
    String javax =
        "javax.persistence.EntityNotFoundException: x\n\tat com.acme.Shop.open(Shop.java:1)\n";

    assertThat(parsed(javax.replace("javax", "jakarta"))).isEqualTo(parsed(javax));
  }

  private static String parsed(String trace) {
    return Fingerprinter.withDefaults()
        .fingerprint(ErrorEvent.of(StackTraceParser.parse(trace).orElseThrow()))
        .value();
  }

  @Test
  void aHostileChainIsReadInPart() {
    Throwable chain = null;
    for (int i = 0; i < 20; i++) {
      String[] names = new String[2000];
      for (int k = 0; k < names.length; k++) {
        names[k] = "com.acme.C" + i + "x" + k + ".m";
      }
      chain = at(new IOException("x", chain), names);
    }
    assertThat(explained(chain).throwables())
        .extracting(thrown -> thrown.frames().size())
        .contains(0, 2000)
        .hasSize(20);
  }

  /** Stacks of one bug, one a line, innermost frame first. */
  static List<String> stacksOfOneBug() {
    return List.of(
        """
        com.acme.OrderService.place com.acme.OrderService$$FastClassBySpringCGLIB$$1a2b.invoke \
        org.springframework.cglib.proxy.MethodProxy.invoke \
        com.acme.OrderService$$EnhancerBySpringCGLIB$$3c4d.place com.acme.OrderController.post
        com.acme.OrderService.place org.springframework.aop.support.AopUtils.invokeJoinpoint \
        com.acme.OrderService$$SpringCGLIB$$0.place com.acme.OrderController.post
        com.acme.OrderService.place com.acme.OrderController.post
        """,
        """
        org.hibernate.proxy.AbstractLazyInitializer.initialize \
        org.hibernate.proxy.pojo.javassist.JavassistLazyInitializer.invoke \
        com.acme.Order_$$_jvst8f9_1.getLines com.acme.Printer.print
        org.hibernate.proxy.AbstractLazyInitializer.initialize \
        org.hibernate.proxy.pojo.bytebuddy.ByteBuddyInterceptor.intercept \
        com.acme.Order$HibernateProxy$SzXDkaYB.getLines com.acme.Printer.print
        org.hibernate.proxy.AbstractLazyInitializer.initialize \
        org.hibernate.proxy.pojo.bytebuddy.ByteBuddyInterceptor.intercept \
        com.acme.Order$HibernateProxy.getLines com.acme.Printer.print
        """,
        """
        org.hibernate.A.b com.sun.proxy.$Proxy15.save com.acme.Shop.close
        org.hibernate.C.d jdk.proxy2.$Proxy118.save com.acme.Shop.close
        """,
        """
        com.acme.Shop.open org.apache.catalina.core.StandardWrapperValve.invoke
        com.acme.Shop.open io.undertow.servlet.handlers.ServletHandler.handleRequest
        com.acme.Shop.open org.eclipse.jetty.server.Server.handle java.lang.Thread.run
        """,
        """
        com.acme.pay.Pay$charge$2.invokeSuspend kotlin.A.resumeWith
        com.acme.pay.Pay$charge$3$result$1.invokeSuspend kotlin.A.resumeWith
        com.acme.pay.Pay.charge kotlin.A.resumeWith
        """,
        """
        java.util.ArrayList.rangeCheck java.util.ArrayList.get com.acme.Shop.first
        jdk.internal.util.Preconditions.outOfBounds java.util.ArrayList.get com.acme.Shop.first
        java.util.ImmutableCollections$ListN.get com.acme.Shop.first
        """);
  }

  @ParameterizedTest
  @MethodSource("stacksOfOneBug")
  void stacksOfOneBugAreOneGroup(String stacks) {
    assertThat(stacks.lines().map(line -> value(at(new IOException(), line.split(" ", -1)))))
        .hasSizeGreaterThan(1)
        .containsOnly(
            value(at(new IOException(), stacks.lines().findFirst().orElse("").split(" ", -1))));
  }

  @Test
  void explainsEachFrame() {
    Throwable throwable =
        at(
            new ExecutionException(
                at(
                    new IOException("gone"),
                    "java.net.Socket.connect",
                    "com.acme.Shop.lambda$open$0",
                    "com.acme.Shop.open",
                    "jdk.internal.reflect.GeneratedMethodAccessor1.invoke",
                    "org.springframework.A.proceed",
                    "com.acme.Aspect.around")),
            "com.acme.Main.main");
    assertThat(explained(throwable).toString())
        .isEqualTo(
            """
            v1:2dd3d429d33c42d8121588d1335cc323
            title    IOException: gone
            culprit  com.acme.Shop.open
            grouped by types and the application's frames:
              type java.io.IOException
              calls connect
              frame com.acme.Shop.open

            java.util.concurrent.ExecutionException: java.io.IOException: gone   [seen through]
              - com.acme.Main.main(X.java:0)   [only waited for another thread]

            java.io.IOException: gone
              - java.net.Socket.connect(X.java:0)   [its method counts: what the innermost frame called]
              + com.acme.Shop.lambda$open$0(X.java:1) -> com.acme.Shop.open   [counts; LAMBDA]
              - com.acme.Shop.open(X.java:2)   [within a recursion]
              - jdk.internal.reflect.GeneratedMethodAccessor1.invoke(X.java:3)   [nobody's code; REFLECTION]
              - org.springframework.A.proceed(X.java:4)   [not the application's; org.springframework]
              - com.acme.Aspect.around(X.java:5)   [only hands the call on]
            """);
  }
}
