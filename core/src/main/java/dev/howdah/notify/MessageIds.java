package dev.howdah.notify;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The ids that mail programs know mails and threads by (RFC 5322, section 3.6.4). Both are hashes:
 * what is hashed may hold any character.
 *
 * @param domain the sender's
 */
record MessageIds(String domain) {

  /** The same for the same notification, however often and by whomever it is sent. */
  String of(Notification notification) {
    return id("message", notification.dedupeKey());
  }

  /**
   * What all mails on one bug, or on one service's rate of errors, refer to. No mail has this id:
   * that of the first one is not known to an instance that sends the second.
   *
   * @return null for what belongs to no thread
   */
  @Nullable String ofThread(Subject subject) {
    if (subject instanceof Issue issue) {
      return id("group", issue.fingerprint(), issue.service(), orEmpty(issue.environment()));
    }
    if (subject instanceof ErrorRate rate) {
      return id("rate", rate.service(), orEmpty(rate.environment()));
    }
    return null;
  }

  private String id(String kind, String... parts) {
    UUID hash = UUID.nameUUIDFromBytes(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
    return "<howdah-" + kind + "-" + hash + "@" + domain + ">";
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
