package dev.howdah.fingerprint;

/** Whose code a frame is. */
enum Origin {
  /** The application's own: what its developers can mend. */
  APPLICATION,
  /** A library or a server. */
  LIBRARY,
  /** The JDK, or the run time of a language on it. */
  PLATFORM
}
