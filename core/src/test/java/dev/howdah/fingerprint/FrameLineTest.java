package dev.howdah.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameLineTest {

  /** What Java printed reads as what Java prints again. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.acme.OrderService.place(OrderService.java:12)",
        "com.acme.OrderService.<init>(OrderService.java)",
        "java.base/java.lang.Thread.run(Thread.java:840)",
        "java.base@17.0.1/java.lang.Object.wait(Native Method)",
        "app//com.acme.OrderService.place(OrderService.java:12)",
        "app/com.acme.shop@1.0/com.acme.OrderService.place(OrderService.java:12)",
        "com.acme.Jobs$$Lambda$30/0x0000000800c03000.run(Unknown Source)",
        "app//com.acme.Jobs$$Lambda/0x0000000800c03000.run(Unknown Source)",
        "com.acme.Jobs$$Lambda$1/1234567.run(Unknown Source)",
        "com.acme.OrderService$$SpringCGLIB$$0.place(<generated>)",
        "com.acme.OrderTest.places an order(OrderTest.kt:7)",
        "Main.main(Main.java:1)",
        "PluginClassLoader for git//com.acme.Git.clone(Git.java:3)",
      })
  void readsWhatJavaPrints(String frame) {
    StackTraceElement read = Objects.requireNonNull(FrameLine.parse("at " + frame));
    assertThat(read).hasToString(frame);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "at a.B.c(B.java:1) ~[spring-core-6.1.jar:6.1] | a.B.c(B.java:1)",
        "at a.B.c(B.java:1) [app (1).jar:na] | a.B.c(B.java:1)",
        "at a.B.c(B.java:1) ~[?:?] | a.B.c(B.java:1)",
        "at a.B.c(Unknown Source:12) | a.B.c(Unknown Source)",
        "at a.B.c(Bytecode PC:12(Compiled Code)) | a.B.c(Bytecode PC)",
        "at a.B.c(B.java:99999999999) | a.B.c(B.java:999999999)",
      })
  void readsWhatOthersPrint(String line, String frame) {
    assertThat(FrameLine.parse(line)).hasToString(frame);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "at",
        "at ",
        "at (",
        "at ()",
        "at a(B.java:1)",
        "at .c(B.java:1)",
        "at a.B.(B.java:1)",
        "at a.B.c(B.java:1",
        "at position 3. expected (one of these)",
        "at a.B.c(B.java:1) and then some",
        "at a /b c.d(B.java:1)",
        "look at a.B.c(B.java:1)",
        "a.B.c(B.java:1)",
        "",
      })
  void leavesOtherLines(String line) {
    assertThat(FrameLine.parse(line)).isNull();
  }
}
