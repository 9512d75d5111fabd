package dev.howdah;

/** When the journal is forced to the disk. */
public enum Fsync {
  /** When the operating system likes: what was journaled survives a killed JVM, not a power cut. */
  NONE,
  /** With each batch, before it is sent: survives a power cut too, and costs some ms a batch. */
  BATCH
}
