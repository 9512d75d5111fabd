package dev.howdah.notify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was held back, in quiet hours or beyond the hourly limit.
 *
 * @param total how many messages were held back
 * @param entries the first of them, at most 100, the most frequent errors first
 */
public record Digest(long total, List<Entry> entries) implements Subject {

  /** Copies the list. */
  public Digest {
    entries = List.copyOf(entries);
  }

  /**
   * One message that was held back.
   *
   * @param reason why it would have been sent
   * @param title one line that names the bug
   * @param service name of the application
   * @param environment where it runs; null: not said
   * @param occurrences how often it has happened
   * @param link where to read on; null where no link is configured
   */
  public record Entry(
      Reason reason,
      String title,
      String service,
      @Nullable String environment,
      long occurrences,
      @Nullable String link) {}
}
