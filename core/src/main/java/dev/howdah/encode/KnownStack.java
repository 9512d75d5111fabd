package dev.howdah.encode;

import dev.howdah.fingerprint.Fingerprint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was found out about throwables of one shape, so that it need not be done again. */
final class KnownStack {

  private static final int MAX_TEXTS = 8;

  /** In characters; a longer one is not worth its place. */
  private static final int MAX_DESCRIPTIONS = 500;

  /** What it keeps alive at most, in bytes. */
  static final int MAX_BYTES = MAX_TEXTS * 2 * MAX_DESCRIPTIONS;

  /**
   * A text that was made.
   *
   * @param id its key
   * @param isCut whether it was too long to be kept in full
   */
  record Text(UUID id, boolean isCut) {}

  private final Map<String, Text> texts =
      new LinkedHashMap<>(4, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Text> eldest) {
          return size() > MAX_TEXTS;
        }
      };

  private @Nullable Text last;

  private @Nullable Fingerprint byDefault;

  /**
   * The default fingerprint of them all; null while unknown, or where more than the stack decides.
   */
  @Nullable Fingerprint byDefault() {
    return byDefault;
  }

  void explained(Fingerprint byDefault) {
    this.byDefault = byDefault;
  }

  /** The text of the throwable with these messages, or null. */
  @Nullable Text text(String descriptions) {
    return texts.get(descriptions);
  }

  /** The text that was made last, with whatever messages. */
  @Nullable Text last() {
    return last;
  }

  void made(String descriptions, Text text) {
    if (descriptions.length() <= MAX_DESCRIPTIONS) {
      texts.put(descriptions, text);
    }
    last = text;
  }
}
