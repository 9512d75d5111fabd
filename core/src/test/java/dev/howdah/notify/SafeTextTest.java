package dev.howdah.notify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextTest {

  @Test
  void aTextThatFitsStaysAsItIs() {
    assertThat(SafeText.line("Grüße, 世界 😀 👩‍💻", 100)).isEqualTo("Grüße, 世界 😀 👩‍💻");
  }

  @Test
  void aLineHasNoLineFeeds() {
    assertThat(SafeText.line(" a\r\nb\tc\rd\n", 100)).isEqualTo("a b c d");
  }

  @Test
  void linesKeepTheirFeedsAndTabs() {
    assertThat(SafeText.lines("\na\r\n\tb\rc\n", 100)).isEqualTo("a\n\tbc");
  }

  @Test
  void whatActsOnAScreenIsShown() {
    assertThat(SafeText.line("\u001b[31m\u0000\u0007\u007f\u009b\u202e\u2066\u2028\ufffe", 100))
        .isEqualTo("␛[31m␀␇������");
  }

  @Test
  void halvesOfCharactersBecomeAMark() {
    assertThat(SafeText.line("a\ud800b\udc00", 100)).isEqualTo("a�b�");
  }

  @Test
  void aCutShowsAndFits() {
    assertThat(SafeText.line("abcdef", 6)).isEqualTo("abcdef");
    assertThat(SafeText.line("abcdefg", 6)).isEqualTo("abcde…");
  }

  @Test
  void noCharacterIsCutInTwo() {
    for (int max = 1; max < 9; max++) {
      assertThat(SafeText.line("😀😀😀😀😀", max)).hasSizeLessThanOrEqualTo(max).matches("(😀)*…");
    }
  }
}
