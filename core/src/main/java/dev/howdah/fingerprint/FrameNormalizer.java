package dev.howdah.fingerprint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a frame's name what changes from build to build or start to start: {@link FrameRule}
 * first, then the user's own normalisers. What it has seen lately it knows: traces of different
 * bugs have most of their frames in common. Thread-safe.
 */
final class FrameNormalizer {

  /** More of a name tells nothing more, and would let a hostile one cost time. */
  static final int MAX_NAME = 1000;

  /** Some hundred KiB; 8 MiB when each name is hostile. */
  private static final int MAX_KNOWN = 2048;

  private static final String NO_METHOD = ".<init>";

  /**
   * A name and how it came to be.
   *
   * @param name the normalised {@code class.method}; null when the frame is nobody's code
   * @param rules what changed or dropped it, in order
   * @param proxied true when the frame is of a generated subclass
   * @param passedOn true when it is of a lambda or the like
   */
  record Result(@Nullable String name, List<String> rules, boolean proxied, boolean passedOn) {
    Result {
      rules = List.copyOf(rules);
    }
  }

  private final List<OwnNormalizer> own;
  private final Map<String, Result> known = new ConcurrentHashMap<>();

  FrameNormalizer(List<OwnNormalizer> own) {
    this.own = List.copyOf(own);
  }

  /**
   * @param name a frame as {@code class.method}
   */
  Result normalize(String name) {
    String cut = name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
    Result result = known.get(cut);
    if (result == null) {
      if (known.size() >= MAX_KNOWN) {
        known.clear();
      }
      result = applied(cut);
      known.put(cut, result);
    }
    return result;
  }

  /** Normalises the name of a class that stands alone. */
  String normalizeType(String className) {
    Result result = normalize(className + NO_METHOD);
    String type =
        result.name() == null || !result.name().endsWith(NO_METHOD)
            ? className
            : result.name().substring(0, result.name().length() - NO_METHOD.length());
    // The same API, renamed.
    return type.startsWith("jakarta.") ? "javax." + type.substring("jakarta.".length()) : type;
  }

  private Result applied(String original) {
    List<String> rules = new ArrayList<>(0);
    boolean proxied = false;
    boolean passedOn = false;
    String name = original;
    for (FrameRule rule : FrameRule.values()) {
      String next = rule.apply(name);
      if (!name.equals(next)) {
        rules.add(rule.name());
        proxied |= rule.isProxy();
        passedOn |= rule.isPassedOn();
      }
      if (next == null) {
        return new Result(null, rules, proxied, passedOn);
      }
      name = next;
    }
    for (OwnNormalizer rule : own) {
      String next = rule.apply(name);
      if (!name.equals(next)) {
        rules.add("own " + rule.pattern());
      }
      name = next;
    }
    return new Result(name.isEmpty() ? null : name, rules, proxied, passedOn);
  }
}
