package dev.howdah.cache;

/** A value as the table has it. */
sealed interface StoredValue {

  /** JSON text, as {@code jsonb} writes it. */
  record Json(String text) implements StoredValue {}

  /** Bytes; owned by whoever holds the record. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Bytes(byte[] bytes) implements StoredValue {}
}
