package dev.howdah.cache;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/** A value as the table has it. */
sealed interface StoredValue {

  /**
   * JSON text, as {@code jsonb} writes it. Remembers what it was read as, for copies in memory: an
   * object that cannot change may be given to every caller. Thread-safe.
   */
  final class Json implements StoredValue {

    /** Its fields are final, so that whoever sees it at all sees all of it. */
    private record Reading(JavaType type, Object object) {}

    private final String text;
    private @Nullable Reading last;

    Json(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    /** What it was last read as, if that was as this type; else null. */
    @Nullable Object readAs(JavaType type) {
      Reading reading = last;
      return reading != null && reading.type().equals(type) ? reading.object() : null;
    }

    void remember(JavaType type, Object object) {
      last = new Reading(type, object);
    }
  }

  /** Bytes; owned by whoever holds the record. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Bytes(byte[] bytes) implements StoredValue {}
}
