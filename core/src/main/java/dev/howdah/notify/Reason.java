package dev.howdah.notify;

import java.util.Locale;

/** Why people are told something. */
public enum Reason {
  /** The first occurrence of an error. */
  NEW("New"),
  /** An error has occurred as often as a rule says. */
  MILESTONE("Again"),
  /** An error is back that had been resolved. */
  REGRESSION("Back"),
  /** An error occurs far more often than it uses to. */
  SPIKE("Spike"),
  /** An error speaks again that had been ignored for a while. */
  AWAKENED("No longer ignored"),
  /** A service has more errors in a second than a rule allows. */
  ERROR_RATE("Error rate"),
  /** Somebody looks after an error of which the channel was told. */
  ASSIGNED("Assigned"),
  /** An error is resolved of which the channel was told. */
  RESOLVED("Resolved"),
  /** What was held back, in one message. */
  DIGEST("Digest"),
  /** Somebody tries the channel. */
  TEST("Test");

  private final String label;

  Reason(String label) {
    this.label = label;
  }

  /** The word for people, such as {@code New}. */
  public String label() {
    return label;
  }

  /** As it stands in the database and in JSON, such as {@code error_rate}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The opposite of {@link #code}.
   *
   * @param code such as {@code error_rate}
   * @return the reason
   * @throws IllegalArgumentException when there is none
   */
  public static Reason ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
