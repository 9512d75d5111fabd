package dev.howdah.fingerprint;

/** What became of a frame, and why. */
public enum Decision {
  /** Counts, by its normalised name. */
  KEPT("counts"),
  /** What the innermost frame that counts had called: counts by its method's name only. */
  CALLED("its method counts: what the innermost frame called"),
  /** Where a library failed that the application had called by a name which says little. */
  THREW("counts: where the library failed"),
  /** Counts where the throwable around this one has it. */
  SHARED("counted in the trace around this one"),
  /** Nobody's code: a compiler, a generator or the JVM made it. */
  GENERATED("nobody's code"),
  /** Not the application's, and there are frames that are. */
  NOT_IN_APP("not the application's"),
  /** A filter or interceptor, which all errors go through. */
  HANDS_ON("only hands the call on"),
  /** Part of a recursion, of which the depth doesn't count. */
  REPEATED("within a recursion"),
  /** The error is grouped by something else than frames. */
  NOT_COUNTED("frames don't count");

  private final String meaning;

  Decision(String meaning) {
    this.meaning = meaning;
  }

  /** {@return the reason in words} */
  public String meaning() {
    return meaning;
  }
}
