package dev.howdah.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.event.ThrowableInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Which throwables are of one shape, and that remembering them costs a bounded amount. */
class StackCacheTest {

  private final StackCache cache = new StackCache();

  private static StackShape shape(Throwable throwable) {
    return StackShape.of(ThrowableInfo.of(throwable, 100_000));
  }

  private static Throwable thrown(String message) {
    return new IllegalStateException(message, new SQLException(message, "40001"));
  }

  private static Throwable at(int line, Throwable throwable) {
    throwable.setStackTrace(
        new StackTraceElement[] {new StackTraceElement("a.B", "c", "B.java", line)});
    return throwable;
  }

  @Test
  void messagesDontMatter() {
    StackShape[] shapes = new StackShape[2];
    for (int i = 0; i < 2; i++) {
      shapes[i] = shape(thrown("number " + i));
    }

    assertThat(shapes[0]).isEqualTo(shapes[1]).hasSameHashCodeAs(shapes[1]);
    assertThat(cache.get(shapes[0])).isSameAs(cache.get(shapes[1]));
    assertThat(shapes[0].descriptions()).isNotEqualTo(shapes[1].descriptions());
  }

  @Test
  void framesTypesStatesCausesAndSuppressedOnesDo() {
    Throwable suppressing = at(1, new IllegalStateException());
    suppressing.addSuppressed(at(1, new IllegalStateException()));
    StackShape[] different = {
      shape(at(1, new IllegalStateException())),
      shape(at(2, new IllegalStateException())),
      shape(at(1, new IllegalArgumentException())),
      shape(at(1, new IllegalStateException(at(1, new IllegalStateException())))),
      shape(suppressing),
      shape(at(1, new SQLException("x", "23505"))),
      shape(at(1, new SQLException("x", "23503"))),
    };

    for (StackShape each : different) {
      assertThat(cache.get(each).byDefault()).isNull();
    }
    assertThat(cache.size()).isEqualTo(different.length);
  }

  @Test
  void theTextsOfAFewMessagesAreRemembered() {
    KnownStack known = cache.get(shape(thrown("x")));
    assertThat(known.text("one")).isNull();
    assertThat(known.last()).isNull();
    for (int i = 0; i < 100; i++) {
      known.made("number " + i, new KnownStack.Text(new UUID(0, i), false));
    }

    assertThat(known.text("number 99")).isEqualTo(new KnownStack.Text(new UUID(0, 99), false));
    assertThat(known.text("number 0")).isNull();
    known.made("x".repeat(100_000), new KnownStack.Text(new UUID(0, 7), true));
    assertThat(known.text("x".repeat(100_000))).isNull();
    assertThat(known.last()).isEqualTo(new KnownStack.Text(new UUID(0, 7), true));
  }

  @Test
  void memoryIsBoundedWhateverIsThrown() {
    for (int i = 0; i < 5000; i++) {
      cache.get(shape(at(i, new IllegalStateException("long ".repeat(10_000)))));
    }
    assertThat(cache.size()).isBetween(500, 1100);

    StackTraceElement[] deep = new StackTraceElement[20_000];
    Arrays.fill(deep, new StackTraceElement("a.B", "c", "B.java", 1));
    Throwable deepOne = new StackOverflowError();
    deepOne.setStackTrace(deep);
    int before = cache.size();
    cache.get(shape(deepOne));
    assertThat(cache.size()).isEqualTo(before);
  }
}
