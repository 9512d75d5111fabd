package dev.howdah.notify;

import dev.howdah.event.Level;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One bug, as it was when the reason for the notification was found. Texts come from exceptions and
 * may hold anything, however long: each channel escapes and cuts them in its own way.
 *
 * @param groupId number of its group in {@code error_groups}
 * @param fingerprint what makes two errors the same bug
 * @param service name of the application
 * @param environment where it runs; null: not said
 * @param level its severity
 * @param exceptionType class of the exception; null: not known
 * @param title one line that names the bug
 * @param culprit method of the application in which it happened; null: not known
 * @param assignee who looks after it; null: nobody
 * @param changedBy who resolved or assigned it; null where nobody did
 * @param occurrences how often it has happened, exactly
 * @param threshold the number of occurrences that a rule names; 0 where that was not the reason
 * @param firstSeen first occurrence
 * @param lastSeen last occurrence
 * @param release release of the last occurrence; null: not said
 * @param latest details of the last occurrence that has a row; null where there is none any more
 * @param link where to read on; null where no link is configured
 */
public record Issue(
    long groupId,
    String fingerprint,
    String service,
    @Nullable String environment,
    Level level,
    @Nullable String exceptionType,
    String title,
    @Nullable String culprit,
    @Nullable String assignee,
    @Nullable String changedBy,
    long occurrences,
    long threshold,
    Instant firstSeen,
    Instant lastSeen,
    @Nullable String release,
    @Nullable Latest latest,
    @Nullable String link)
    implements Subject {

  /**
   * The last occurrence.
   *
   * @param message message of the error; null: none
   * @param host machine; null: not known
   * @param traceId trace id; null: none
   * @param frames innermost frames of the application, at most ten, such as {@code
   *     com.acme.Cart.total(Cart.java:17)}
   * @param context the keys that the channel asks for, in that order, redacted
   */
  public record Latest(
      @Nullable String message,
      @Nullable String host,
      @Nullable String traceId,
      List<String> frames,
      Map<String, String> context) {

    /** Copies the collections; the order of context stays. */
    public Latest {
      frames = List.copyOf(frames);
      context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
    }
  }

  /**
   * The same with a link.
   *
   * @param url where to read on
   * @return the issue
   */
  public Issue withLink(String url) {
    return new Issue(
        groupId,
        fingerprint,
        service,
        environment,
        level,
        exceptionType,
        title,
        culprit,
        assignee,
        changedBy,
        occurrences,
        threshold,
        firstSeen,
        lastSeen,
        release,
        latest,
        url);
  }
}
