package dev.howdah.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ByteBuilderTest {

  private final Random random = new Random(5);

  private String anyUnits() {
    char[] units = new char[random.nextInt(40)];
    for (int i = 0; i < units.length; i++) {
      units[i] =
          random.nextInt(4) == 0
              ? (char) (0xD800 + random.nextInt(0x800))
              : random.nextBoolean() ? (char) random.nextInt(0x80) : (char) random.nextInt(0x10000);
    }
    return new String(units);
  }

  /** What PostgreSQL can hold: NUL and lone surrogates replaced, by Java's own means. */
  private static String storable(String text) {
    StringBuilder result = new StringBuilder();
    text.codePoints()
        .map(p -> p == 0 || (p >= 0xD800 && p <= 0xDFFF) ? 0xFFFD : p)
        .forEach(result::appendCodePoint);
    return result.toString();
  }

  private static String text(ByteBuilder bytes) {
    return new String(Arrays.copyOf(bytes.array(), bytes.length()), StandardCharsets.UTF_8);
  }

  @Test
  void anySequenceOfCharsBecomesUtf8ThatPostgresTakes() {
    for (int i = 0; i < 100_000; i++) {
      String text = anyUnits();
      ByteBuilder bytes = new ByteBuilder(1);
      bytes.putUtf8(text, text.length());
      assertThat(text(bytes)).isEqualTo(storable(text));
      assertThat(bytes.replaced())
          .isEqualTo(text.codePoints().filter(p -> p == 0 || (p >= 0xD800 && p <= 0xDFFF)).count());
    }
  }

  @Test
  void aJsonStringIsReadBackByJackson() {
    JsonMapper json = JsonMapper.builder().build();
    for (int i = 0; i < 20_000; i++) {
      String text = anyUnits();
      ByteBuilder bytes = new ByteBuilder(1);
      bytes.putJsonString(text, text.length());
      assertThat(json.readValue(text(bytes), String.class)).isEqualTo(storable(text));
    }
  }

  @Test
  void aDecimalIsWhatJavaPrints() {
    for (int shift = 0; shift < Long.SIZE; shift++) {
      for (long value : new long[] {random.nextLong() >> shift, Long.MIN_VALUE >> shift, -shift}) {
        ByteBuilder bytes = new ByteBuilder(1);
        bytes.putDecimal(value);
        assertThat(text(bytes)).isEqualTo(Long.toString(value));
      }
    }
  }

  @Test
  void numbersAreBigEndian() {
    ByteBuilder bytes = new ByteBuilder(1);
    bytes.putShort(0x0102);
    bytes.putInt(0x03040506);
    bytes.putLong(0x0708090A0B0C0D0EL);
    bytes.setInt(2, 0x13141516);
    assertThat(Arrays.copyOf(bytes.array(), bytes.length()))
        .containsExactly(1, 2, 0x13, 0x14, 0x15, 0x16, 7, 8, 9, 10, 11, 12, 13, 14);
  }
}
