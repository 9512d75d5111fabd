package dev.howdah.fingerprint;

import dev.howdah.event.ThrowableInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells which errors are the same one. The same bug has one fingerprint over edited lines,
 * recompilation, other proxies, JVMs, depths of recursion and values in its message; two bugs have
 * two. It never depends on line numbers, nor on a message where there are frames.
 *
 * <p>A pure function of the event and of what the builder was told: immutable, and safe for use by
 * any number of threads. It runs no code of the application's but the event's look-up of context.
 */
public final class Fingerprinter {

  private static final String VERSION = "v1:";
  private static final int HASH_BYTES = 16;

  private final List<String> inApp;
  private final List<String> notInApp;
  private final List<OwnNormalizer> normalizers;
  private final @Nullable FingerprintTemplate template;
  private volatile @Nullable Grouping grouping;

  private Fingerprinter(Builder builder) {
    inApp = List.copyOf(builder.inApp);
    notInApp = List.copyOf(builder.notInApp);
    normalizers = List.copyOf(builder.normalizers);
    template = builder.template;
  }

  /** {@return a fingerprinter with the defaults} */
  public static Fingerprinter withDefaults() {
    return builder().build();
  }

  /** {@return a builder with the defaults} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Computes a fingerprint. Costs a walk over the whole chain, about a millisecond: whoever sees
   * the same stack often keeps the result.
   *
   * @param event what happened
   * @return its fingerprint
   */
  public Fingerprint fingerprint(ErrorEvent event) {
    return explain(event).fingerprint();
  }

  /**
   * Computes a fingerprint and tells why it is that one.
   *
   * @param event what happened
   * @return the fingerprint with its reasons
   */
  public Explanation explain(ErrorEvent event) {
    Findings findings = grouping().of(event);
    Fingerprint byDefault =
        new Fingerprint(hash(findings.parts()), findings.title(), findings.culprit());
    String own = own(event, byDefault.value());
    return new Explanation(
        named(event, own, byDefault),
        byDefault,
        findings.basis(),
        findings.parts(),
        own,
        findings.throwables());
  }

  /**
   * Computes the fingerprint of an event whose default is known from another: where the basis is of
   * the stack, all throwables with the same classes, frames and SQLStates have the same. Costs a
   * look at the event's context, and a hash where there is a template.
   *
   * @param event what happened
   * @param byDefault {@link Explanation#byDefault()} of the other
   * @return its fingerprint
   */
  public Fingerprint fingerprint(ErrorEvent event, Fingerprint byDefault) {
    return named(event, own(event, byDefault.value()), byDefault);
  }

  /**
   * Made with the first error: the rules' patterns are nearly a tenth of what a start costs the
   * application's thread.
   */
  private Grouping grouping() {
    Grouping made = grouping;
    if (made == null) {
      made = new Grouping(new Provenance(inApp, notInApp), normalizers);
      grouping = made;
    }
    return made;
  }

  private static Fingerprint named(ErrorEvent event, @Nullable String own, Fingerprint byDefault) {
    if (own == null || own.equals(byDefault.value())) {
      return byDefault;
    }
    String value = isName(own, event) ? own : hash(List.of("own " + own));
    return new Fingerprint(value, byDefault.title(), byDefault.culprit());
  }

  /** A name that an event brings stays as it is, so that people find it again. */
  private static boolean isName(String own, ErrorEvent event) {
    return own.equals(event.context().apply(ErrorEvent.OWN_FINGERPRINT))
        && own.length() <= Fingerprint.MAX_NAME
        && own.chars().noneMatch(Character::isISOControl);
  }

  /** The event's own fingerprint, else the template's; null when there is neither. */
  private @Nullable String own(ErrorEvent event, String value) {
    String own = event.context().apply(ErrorEvent.OWN_FINGERPRINT);
    if (own != null && !own.isBlank()) {
      return FingerprintTemplate.renderOwn(own, value);
    }
    return template == null ? null : template.render(event, exception(event), value);
  }

  /** The class of the root cause; empty when nothing was thrown. */
  private static String exception(ErrorEvent event) {
    ThrowableInfo throwable = event.throwable();
    return throwable == null ? "" : new CauseChain(throwable).root().className();
  }

  private static String hash(List<String> parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return VERSION + HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** Collects what a fingerprinter is told. Each value is checked when it is given. */
  public static final class Builder {

    private final List<String> inApp = new ArrayList<>();
    private final List<String> notInApp = new ArrayList<>();
    private final List<OwnNormalizer> normalizers = new ArrayList<>();
    private @Nullable FingerprintTemplate template;

    private Builder() {}

    /**
     * Adds a prefix of the application's code. By default all code is that doesn't belong to a
     * known library; the longest prefix decides.
     *
     * @param prefix a package or class, such as {@code com.acme}
     * @return this
     * @throws IllegalArgumentException when it is no such name
     */
    public Builder inApp(String prefix) {
      inApp.add(prefix("inApp", prefix));
      return this;
    }

    /**
     * Adds a prefix of code that is not the application's, such as a library of the company's.
     *
     * @param prefix a package or class, such as {@code com.acme.commons}
     * @return this
     * @throws IllegalArgumentException when it is no such name
     */
    public Builder notInApp(String prefix) {
      notInApp.add(prefix("notInApp", prefix));
      return this;
    }

    /**
     * Adds a normaliser: what matches in a frame ({@code class.method}, after Howdah's own rules)
     * or in a message is replaced. A frame of which nothing is left doesn't count.
     *
     * @param pattern a regular expression
     * @param replacement what takes its place, with {@code $1} for its first group
     * @return this
     * @throws IllegalArgumentException when either is none
     */
    public Builder normalizer(String pattern, String replacement) {
      normalizers.add(OwnNormalizer.of(pattern, replacement));
      return this;
    }

    /**
     * Sets the fingerprint's text, such as {@code {{ default }}, {context.tenant}} for groups of
     * each tenant's own.
     *
     * @param text with {@code {{ default }}}, {@code {context.KEY}}, {@code {logger}}, {@code
     *     {template}} or {@code {exception}}
     * @return this
     * @throws IllegalArgumentException when it has none of these, or others
     */
    public Builder template(String text) {
      template = FingerprintTemplate.parse(text);
      return this;
    }

    /** {@return the fingerprinter} */
    public Fingerprinter build() {
      return new Fingerprinter(this);
    }

    private static String prefix(String setting, String value) {
      String name = value.strip();
      if (name.endsWith(".*")) {
        name = name.substring(0, name.length() - 2);
      } else if (name.endsWith(".")) {
        name = name.substring(0, name.length() - 1);
      }
      boolean valid = !name.isEmpty() && !name.startsWith(".") && !name.contains("..");
      for (int i = 0; i < name.length(); i++) {
        valid &= name.charAt(i) == '.' || Character.isJavaIdentifierPart(name.charAt(i));
      }
      if (!valid) {
        throw new IllegalArgumentException(
            "setting '%s' has the value '%s': it must be a package or class such as com.acme"
                .formatted(setting, value));
      }
      return name;
    }
  }
}
