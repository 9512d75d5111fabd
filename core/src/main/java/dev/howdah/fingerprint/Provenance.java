package dev.howdah.fingerprint;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells the application's code from that of libraries and of the platform, by prefixes of names.
 *
 * <p>A prefix ends where a part of the name does: {@code com.acme} covers {@code com.acme.Shop} and
 * not {@code com.acmecorp.Shop}. The longest prefix that covers a name decides; what none covers is
 * the application's. Immutable.
 */
final class Provenance {

  /**
   * Whose code it is, and why.
   *
   * @param origin whose
   * @param prefix the prefix that decided; null when none covers the name
   */
  record Verdict(Origin origin, @Nullable String prefix) {}

  private static final Verdict UNCOVERED = new Verdict(Origin.APPLICATION, null);

  private final Map<String, Verdict> verdicts = new HashMap<>();

  /**
   * @param inApp prefixes of the application's names, stronger than the known ones
   * @param notInApp prefixes of other names, likewise
   */
  Provenance(List<String> inApp, List<String> notInApp) {
    put(Origin.PLATFORM, KnownCode.PLATFORM);
    put(Origin.LIBRARY, KnownCode.LIBRARIES);
    put(Origin.APPLICATION, KnownCode.GENERATED_FROM_APPLICATION);
    put(Origin.LIBRARY, notInApp);
    put(Origin.APPLICATION, inApp);
  }

  private void put(Origin origin, List<String> prefixes) {
    prefixes.forEach(prefix -> verdicts.put(prefix, new Verdict(origin, prefix)));
  }

  /**
   * @param name a frame as {@code class.method}
   * @return whose it is
   */
  Verdict of(String name) {
    for (int end = name.length(); end > 0; end = lastBreak(name, end)) {
      Verdict verdict = verdicts.get(name.substring(0, end));
      if (verdict != null) {
        return verdict;
      }
    }
    return UNCOVERED;
  }

  private static int lastBreak(String name, int end) {
    int at = end - 1;
    while (at > 0 && name.charAt(at) != '.' && name.charAt(at) != '$') {
      at--;
    }
    return at;
  }
}
