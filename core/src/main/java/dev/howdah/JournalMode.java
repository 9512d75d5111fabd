package dev.howdah;

/** Which batches go to the journal on disk. */
public enum JournalMode {
  /** None: what does not fit into memory is lost. */
  OFF,
  /** Those that the database can't take for now, and what is left at the end. */
  OUTAGE,
  /** Each, before it is sent: a killed JVM loses no more than was not yet in a closed batch. */
  ALWAYS
}
