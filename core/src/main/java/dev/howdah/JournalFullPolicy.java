package dev.howdah;

/** What becomes of a batch when the journal has reached its size. */
public enum JournalFullPolicy {
  /** It waits in memory; when that is full too, {@code onFull} decides at the logging call. */
  REFUSE,
  /** The oldest segment of this start is dropped, and what it held is counted by level. */
  DROP_OLDEST
}
