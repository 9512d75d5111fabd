package dev.howdah.notify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTextTest {

  @ParameterizedTest
  @CsvSource({
    "0000, ␀",
    "0007, ␇",
    "001B, ␛",
    "007F, ␡",
    "0090, �",
    "009F, �",
    "202A, �",
    "202E, �",
    "2066, �",
    "2069, �",
    "D800, �",
    "DFFF, �",
    "FDD0, �",
    "FFFE, �",
    "1FFFF, �"
  })
  void whatCannotBeSeenOrIsNoCharacterIsReplaced(String codePoint, String shown) {
    String text = "a" + Character.toString(Integer.parseInt(codePoint, 16)) + "b";

    assertThat(SafeText.line(text, 10)).isEqualTo("a" + shown + "b");
    assertThat(SafeText.lines(text, 10)).isEqualTo("a" + shown + "b");
  }

  @Test
  void whatPeopleWriteStays() {
    String text = "Zürich, 東京, שלום, 👩‍🚒 – <b>&amp;</b>";

    assertThat(SafeText.line(text, 100)).isEqualTo(text);
    assertThat(SafeText.lines(text, 100)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"'\r\n'", "'\r'", "'\n'", "'\u0085'", "'\u2028'", "'\u2029'"})
  void everyLineBreakIsOneSpaceOrOneNewLine(String lineBreak) {
    assertThat(SafeText.line("a" + lineBreak + "b", 10)).isEqualTo("a b");
    assertThat(SafeText.lines("a" + lineBreak + "b", 10)).isEqualTo("a\nb");
  }

  @Test
  void aTextIsCutWhereItIsTooLong() {
    assertThat(SafeText.line("12345", 5)).isEqualTo("12345");
    assertThat(SafeText.line("123456", 5)).isEqualTo("1234…");
  }

  @Test
  void noCharacterIsCutInHalf() {
    assertThat(SafeText.line("123👍56", 5)).isEqualTo("123…");
    assertThat(SafeText.line("12👍56", 5)).isEqualTo("12👍…");
  }
}
