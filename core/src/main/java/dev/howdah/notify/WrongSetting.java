package dev.howdah.notify;

/** Says which setting of a notifier is wrong. */
final class WrongSetting {
  private WrongSetting() {}

  /**
   * The exception to be thrown.
   *
   * @param setting its name
   * @param shown its value as others may see it
   * @param right what it must be
   */
  static IllegalArgumentException of(String setting, Object shown, String right) {
    return new IllegalArgumentException(
        "setting '" + setting + "' has the value '" + shown + "': it must be " + right);
  }
}
