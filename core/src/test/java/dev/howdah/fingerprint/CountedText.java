package dev.howdah.fingerprint;

import java.util.regex.Pattern;

/** A text that counts how often a pattern reads it: a measure of work that no machine changes. */
final class CountedText implements CharSequence {

  private final String text;
  private long reads;

  private CountedText(String text) {
    this.text = text;
  }

  /** How often a search for all matches reads a character. */
  static long reads(Pattern pattern, String text) {
    CountedText counted = new CountedText(text);
    var matcher = pattern.matcher(counted);
    while (matcher.find()) {
      // on to the next
    }
    return counted.reads;
  }

  @Override
  public char charAt(int index) {
    reads++;
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
