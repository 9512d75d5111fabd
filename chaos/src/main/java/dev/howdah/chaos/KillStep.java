package dev.howdah.chaos;

/**
 * Where in the life of a message the process that has it in hand is killed.
 *
 * <table>
 * <caption>What a receiver gets</caption>
 * <tr><td>before the claim, after the claim</td><td>the message once, from another process</td></tr>
 * <tr><td>after the send, before the mark</td><td>the message twice: nobody alive knows that it was
 * taken</td></tr>
 * <tr><td>at random</td><td>one of these</td></tr>
 * </table>
 */
enum KillStep {
  /** The message is in the outbox; the process that found its reason dies. */
  BEFORE_CLAIM("before the claim", false),

  /** It is claimed, and nothing is sent. */
  AFTER_CLAIM("after the claim", false),

  /** The receiver has it; its answer is under way. */
  AFTER_SEND("after the send", true),

  /** The answer has come, and the database does not know yet. */
  BEFORE_MARK("before the mark", true),

  /** Any process, at any moment. */
  AT_RANDOM("at random", false);

  private final String label;
  private final boolean seenTwice;

  KillStep(String label, boolean seenTwice) {
    this.label = label;
    this.seenTwice = seenTwice;
  }

  String label() {
    return label;
  }

  /** Whether a kill here makes the receiver see the message a second time. */
  boolean isSeenTwice() {
    return seenTwice;
  }
}
