package dev.howdah.batch;

/** Why an event was lost. */
public enum DropCause {
  /** Ring or memory was full and the policy did not wait. */
  FULL,
  /** Ring or memory was still full when the wait ended. */
  TIMEOUT,
  /** The event could not be encoded: a fault of Howdah's, or of a class in the event. */
  FAILED,
  /** The pipeline was stopping, or had stopped. */
  SHUTDOWN
}
