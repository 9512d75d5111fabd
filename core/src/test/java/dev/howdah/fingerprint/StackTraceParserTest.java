package dev.howdah.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.event.ArbitraryThrowables;
import dev.howdah.event.ThrowableInfo;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackTraceParserTest {

  private static ThrowableInfo parsed(String text) {
    return StackTraceParser.parse(text).orElseThrow();
  }

  private static String printed(ThrowableInfo throwable) {
    StringBuilder out = new StringBuilder();
    throwable.appendTo(out, Integer.MAX_VALUE);
    return out.toString();
  }

  @Test
  void whatWasPrintedReadsAsWhatWasThrownForArbitraryTreesOfThrowables() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      ThrowableInfo live = ThrowableInfo.of(ArbitraryThrowables.next(random), 10_000);
      assertSame(parsed(printed(live)), live);
    }
  }

  private static void assertSame(ThrowableInfo read, ThrowableInfo live) {
    assertThat(read.className()).isEqualTo(live.className());
    assertThat(read.description().strip()).isEqualTo(live.description().strip());
    assertThat(read.repeated()).isEqualTo(live.repeated());
    assertThat(read.frames()).extracting(Object::toString).containsExactly(texts(live.frames()));
    assertThat(read.suppressed()).hasSameSizeAs(live.suppressed());
    for (int i = 0; i < live.suppressed().size(); i++) {
      assertSame(read.suppressed().get(i), live.suppressed().get(i));
    }
    assertThat(read.cause() == null).isEqualTo(live.cause() == null);
    if (read.cause() != null && live.cause() != null) {
      assertSame(read.cause(), live.cause());
    }
  }

  private static String[] texts(StackTraceElement[] frames) {
    return List.of(frames).stream().map(StackTraceElement::toString).toArray(String[]::new);
  }

  private static final String CAUSED =
      """
      com.acme.OrderException: no order
      \tat com.acme.OrderService.place(OrderService.java:30)
      \tat com.acme.Shop.main(Shop.java:5)
      Caused by: java.sql.SQLException: no table
      \tat com.acme.OrderRepository.find(OrderRepository.java:12)
      \tat com.acme.OrderService.place(OrderService.java:28)
      \t... 1 more
      """;

  @Test
  void restoresTheFramesThatAreTheEnclosingTraces() {
    assertThat(parsed(CAUSED).cause().frames())
        .extracting(StackTraceElement::getMethodName)
        .containsExactly("find", "place", "main");
  }

  @Test
  void readsLogbacksWordsForThoseFrames() {
    assertSame(parsed(CAUSED.replace("1 more", "1 common frames omitted")), parsed(CAUSED));
  }

  @Test
  void readsTheRootCauseFirst() {
    String rootFirst =
        """
        java.sql.SQLException: no table
        \tat com.acme.OrderRepository.find(OrderRepository.java:12)
        \tat com.acme.OrderService.place(OrderService.java:28)
        \t... 1 common frames omitted
        Wrapped by: com.acme.OrderException: no order
        \tat com.acme.OrderService.place(OrderService.java:30)
        \tat com.acme.Shop.main(Shop.java:5)
        """;
    assertSame(parsed(rootFirst), parsed(CAUSED));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-25 21:38:29.123 ERROR 1 --- [main] c.acme.Shop : it failed\n",
        "2026-11-25 ERROR com.acme.Shop: it failed: com.acme.OrderException: no order\n\n",
        "Nov 25, 2026 9:38:29 PM com.acme.Shop main\nSEVERE: it failed\n",
        "Exception in thread \"main\" ",
        "  "
      })
  void readsBehindTheLinesOfALog(String before) {
    assertSame(parsed(before + CAUSED), parsed(CAUSED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"app_1  | ", "Nov 25 21:38:29 host app[123]: ", "! "})
  void readsBehindWhatACollectorPutBeforeEachLine(String prefix) {
    assertSame(parsed(CAUSED.indent(0).replaceAll("(?m)^", prefix)), parsed(CAUSED));
  }

  @Test
  void readsAHeaderWithinTheLogsLine() {
    String text = "2026-11-25 21:38:29 ERROR [main] shop - " + CAUSED.replaceFirst("(?m)$", "");
    assertSame(parsed(text), parsed(CAUSED));
  }

  @Test
  void readsWindowsLineEnds() {
    assertSame(parsed(CAUSED.replace("\n", "\r\n")), parsed(CAUSED));
  }

  @Test
  void readsFourSpacesForATab() {
    assertSame(parsed(CAUSED.replace("\t", "    ")), parsed(CAUSED));
  }

  @Test
  void readsTheFirstOfTwoTraces() {
    assertSame(parsed(CAUSED + "\n" + CAUSED.replace("Order", "Other")), parsed(CAUSED));
  }

  @Test
  void aTraceOfReactorsAssemblyDoesNotCount() {
    ThrowableInfo read =
        parsed(
            """
            java.lang.IllegalStateException: no stock
            \tat com.acme.StockService.reserve(StockService.java:20)
            \tSuppressed: reactor.core.publisher.FluxOnAssembly$OnAssemblyException:\s
            Error has been observed at the following site(s):
            \t*__checkpoint ⇢ Handler com.acme.StockController#reserve [DispatcherHandler]
            \t*__checkpoint ⇢ HTTP POST "/stock" [ExceptionHandlingWebHandler]
            Original Stack Trace:
            \t\tat com.acme.StockService.reserve(StockService.java:20)
            \t\tat com.acme.StockController.reserve(StockController.java:9)
            Caused by: java.io.IOException: gone
            \tat com.acme.StockClient.get(StockClient.java:3)
            """);
    assertThat(read.frames()).hasSize(1);
    assertThat(read.suppressed()).hasSize(1);
    assertThat(read.suppressed().get(0).frames()).hasSize(2);
    assertThat(read.cause().className()).isEqualTo("java.io.IOException");
  }

  @Test
  void readsAThrowableWithoutFrames() {
    ThrowableInfo read = parsed("java.lang.NullPointerException\n");
    assertThat(read.className()).isEqualTo("java.lang.NullPointerException");
    assertThat(read.frames()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "hello", "all is well\nand goes on", "\tat a.B.c(B.java:1)"})
  void whatIsNoTraceIsNone(String text) {
    assertThat(StackTraceParser.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Caused by: a.BException: c\n\tat a.B.c(B.java:1)\n\t... 99999999 more\n",
        "\tSuppressed: a.BException\n\t\t... 1000 more\n",
        "Wrapped by: a.BException\n\tat a.B.c(B.java:1)\n",
        "at at at at (((( \n",
        "...\n",
        "... 1 more\n",
        "[CIRCULAR REFERENCE: a.B]\n",
        "Caused by: [CIRCULAR REFERENCE",
        "\tat a.B.c(B.java:1)\n",
        "a.BException: \n",
      })
  void aHostileTextCostsNoMoreThanItsLength(String piece) {
    String text = "a.BException\n\tat a.B.c(B.java:1)\n" + piece.repeat(500_000 / piece.length());
    assertThat(frames(parsed(text), 0)).isLessThan(text.length());
  }

  private static long frames(ThrowableInfo throwable, int depth) {
    assertThat(depth).isLessThan(300);
    long frames = throwable.frames().length;
    for (ThrowableInfo other : throwable.suppressed()) {
      frames += frames(other, depth + 1);
    }
    return throwable.cause() == null ? frames : frames + frames(throwable.cause(), depth + 1);
  }
}
