package dev.howdah.cache;

/**
 * An entry as it was read.
 *
 * @param value its value
 * @param microsLeft until it expires; 0 or less: it has expired, but may still be shown while a new
 *     value is computed
 */
record StoredEntry(StoredValue value, long microsLeft) {

  boolean isFresh() {
    return microsLeft > 0;
  }
}
