package dev.howdah.notify;

import java.time.Instant;

/**
 * A message for people, without the form that a channel gives it.
 *
 * @param dedupeKey the same for the same message, however often it is sent; ASCII, at most 200
 *     characters. A channel hands it to a receiver that can drop the second
 * @param reason why it is sent
 * @param subject what it is about
 * @param createdAt when its reason was found
 */
public record Notification(String dedupeKey, Reason reason, Subject subject, Instant createdAt) {}
