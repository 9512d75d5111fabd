package dev.howdah.fingerprint;

import dev.howdah.event.ThrowableInfo;

/** The line by which a group is shown: for people, so names in quotes and paths stay in it. */
final class Title {

  private static final MessageParameterizer PARAMETERS = MessageParameterizer.ofTitles();

  private Title() {}

  static String of(ThrowableInfo throwable) {
    String type = throwable.className();
    String simpleName = type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
    String message = of(CauseChain.message(throwable));
    return cut(message.isEmpty() ? simpleName : simpleName + ": " + message);
  }

  static String of(String message) {
    String line = message.strip().lines().findFirst().orElse("");
    return cut(PARAMETERS.parameterize(line));
  }

  private static String cut(String title) {
    return title.length() <= Fingerprint.MAX_TITLE
        ? title
        : title.substring(0, Fingerprint.MAX_TITLE - 1) + "…";
  }
}
