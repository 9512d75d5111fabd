package dev.howdah.event;

/** Why an event is not in the database. */
public enum LossCause {
  /** Ring or memory was full and the policy did not wait. */
  FULL,
  /** Ring or memory was still full when the wait ended. */
  TIMEOUT,
  /** The event could not be encoded: a fault of Howdah's, or of a class in the event. */
  FAILED,
  /** The pipeline was stopping, or had stopped. */
  SHUTDOWN,
  /** The journal was full and its policy drops the oldest. */
  JOURNAL_FULL,
  /** A part of the journal on disk can't be read any more. */
  JOURNAL_DAMAGED,
  /** PostgreSQL refused the row; it is kept in the rejects folder. */
  REJECTED
}
