package dev.howdah.outbox;

import dev.howdah.notify.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A row of the outbox that this instance has in hand, with the last occurrence of its bug.
 *
 * @param id number of the message
 * @param attempt which attempt this is, from 1
 * @param reason why it is sent
 * @param dedupeKey the same for the same message
 * @param createdAt when its reason was found
 * @param groupId which bug; 0 where it is about none, or several
 * @param facts what there was to tell then
 * @param occurrence the last occurrence; null where there is no row of it
 */
record Message(
    long id,
    int attempt,
    Reason reason,
    String dedupeKey,
    Instant createdAt,
    long groupId,
    JsonNode facts,
    @Nullable Occurrence occurrence) {

  /** Columns of the occurrence. */
  record Occurrence(
      @Nullable String message,
      JsonNode context,
      @Nullable String traceId,
      @Nullable String host,
      String stackTrace) {}
}
