package dev.howdah.fingerprint;

/** By what an error is grouped; the first that is there. */
public enum Basis {
  /** A fault of the database's server that every caller meets: by its SQLState alone. */
  SERVER_FAULT("the database's state, whoever asked"),
  /** The types of the chain and the application's frames. */
  IN_APP_FRAMES("types and the application's frames"),
  /** The types of the chain and all frames of libraries, since none is the application's. */
  LIBRARY_FRAMES("types and the frames of libraries"),
  /** The types of the chain and the frames of the JDK, since there are no others. */
  PLATFORM_FRAMES("types and the frames of the JDK"),
  /** The types and the message without what varies, since there is no frame. */
  MESSAGE("types and the message without what varies"),
  /** The types, the logger and the message's template, since there is no more. */
  LOGGER("types, logger and template");

  private final String meaning;

  Basis(String meaning) {
    this.meaning = meaning;
  }

  /** {@return the basis in words} */
  public String meaning() {
    return meaning;
  }
}
