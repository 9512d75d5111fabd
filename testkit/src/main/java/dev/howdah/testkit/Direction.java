package dev.howdah.testkit;

/** The two ways through a {@link FaultyProxy}. */
public enum Direction {
  /** What the client sends. */
  TO_SERVER,
  /** What the server answers. */
  TO_CLIENT;

  Direction opposite() {
    return this == TO_SERVER ? TO_CLIENT : TO_SERVER;
  }
}
