package dev.howdah.cache;

/** What is stored is not what the caller takes it for, such as after a change of a class. */
final class UnreadableValueException extends CacheException {

  private static final long serialVersionUID = 1;

  UnreadableValueException(String message) {
    super(message, null);
  }
}
