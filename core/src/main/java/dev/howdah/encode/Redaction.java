package dev.howdah.encode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Keeps secrets out of the database: values whose key contains a given word, and parts of texts
 * that match a given pattern, become {@value #MARK}.
 *
 * <p>Words are compared without regard to case, hyphens, underscores and dots: {@code api_key} also
 * finds {@code X-Api-Key}. Thread-safe.
 */
public final class Redaction {

  /** What is stored in place of a secret. */
  public static final String MARK = "[redacted]";

  private static final int MAX_CACHED_KEYS = 4096;

  private final List<String> words = new ArrayList<>();
  private final List<Pattern> patterns;
  private final Map<String, Boolean> decisions = new ConcurrentHashMap<>();

  /**
   * @param words parts of keys whose values are secret
   * @param patterns patterns of secret parts of texts
   */
  public Redaction(List<String> words, List<Pattern> patterns) {
    for (String word : words) {
      this.words.add(plain(word));
    }
    this.patterns = List.copyOf(patterns);
  }

  /**
   * Tells whether the value of a key is secret.
   *
   * @param key any key
   * @return true when its value must not be stored
   */
  public boolean hides(String key) {
    Boolean known = decisions.get(key);
    if (known == null) {
      if (decisions.size() >= MAX_CACHED_KEYS) {
        decisions.clear();
      }
      String plain = plain(key);
      known = words.stream().anyMatch(plain::contains);
      decisions.put(key, known);
    }
    return known;
  }

  String clean(String text) {
    return patterns.isEmpty() ? text : cleaned(text);
  }

  CharSequence clean(CharSequence text) {
    return patterns.isEmpty() ? text : cleaned(text.toString());
  }

  private String cleaned(String text) {
    try {
      String result = text;
      for (Pattern pattern : patterns) {
        result = pattern.matcher(result).replaceAll(MARK);
      }
      return result;
    } catch (StackOverflowError e) {
      // A pattern of the user's that recurses on a long text: better nothing than the secret.
      return MARK;
    }
  }

  private static String plain(String key) {
    return key.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
  }
}
