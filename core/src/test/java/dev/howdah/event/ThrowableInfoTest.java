package dev.howdah.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThrowableInfoTest {

  private static String ours(Throwable throwable) {
    StringBuilder text = new StringBuilder();
    ThrowableInfo.of(throwable, 10_000).appendTo(text, Integer.MAX_VALUE);
    return text.toString();
  }

  private static String javas(Throwable throwable) {
    StringWriter text = new StringWriter();
    throwable.printStackTrace(new PrintWriter(text));
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  @Test
  void theTextIsJavasForArbitraryTreesOfThrowables() {
    Random random = new Random(3);
    for (int i = 0; i < 2000; i++) {
      Throwable throwable = ArbitraryThrowables.next(random);
      assertThat(ours(throwable)).isEqualTo(javas(throwable));
    }
  }

  @Test
  void aThrowableWhoseMethodsFailIsNamedAllTheSame() {
    assertThat(ours(new Broken()))
        .isEqualTo(
            Broken.class.getName() + ": [toString() failed: java.lang.IllegalStateException]\n");
  }

  @Test
  void aChainWithoutEndIsCutWithAMark() {
    Throwable chain = new Exception("root");
    for (int i = 0; i < 1000; i++) {
      chain = new Exception("link", chain);
    }
    assertThat(ours(chain))
        .endsWith("Caused by: java.lang.Exception: link … [cut: more than 256 throwables]\n")
        .doesNotContain("CIRCULAR");
  }

  @Test
  void whatItKeepsAliveIsBounded() {
    Exception error = new Exception("x".repeat(10_000_000));
    error.addSuppressed(new Exception("y".repeat(10_000_000)));
    long bytes = ThrowableInfo.of(error, 1000).bytes();
    assertThat(bytes).isBetween(2 * 2 * 1000L, 100_000L);
  }

  @Test
  void aLongTextEndsSoonAfterItsLimit() {
    StringBuilder text = new StringBuilder();
    ThrowableInfo.of(new Exception("x".repeat(100)), 1000).appendTo(text, 150);
    assertThat(text.length()).isBetween(150, 400);
  }

  @SuppressWarnings("OverrideThrowableToString") // Failing is what it is for.
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
      throw new IllegalStateException();
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new AssertionError();
    }
  }
}
