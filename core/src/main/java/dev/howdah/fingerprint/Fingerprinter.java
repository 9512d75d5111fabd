package dev.howdah.fingerprint;

import dev.howdah.event.ThrowableInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  /** Frames of one throwable that are looked at: ten times what a JVM keeps by default. */
  private static final int MAX_FRAMES = 10_240;

  private static final String SQL_STATE = "SQLState ";
  private static final int HASH_BYTES = 16;
  private static final MessageParameterizer MESSAGES = MessageParameterizer.ofEverything();
  private static final MessageParameterizer TITLES = MessageParameterizer.ofTitles();

  private final Provenance provenance;
  private final FrameNormalizer frames;
  private final List<OwnNormalizer> normalizers;
  private final @Nullable FingerprintTemplate template;

  private Fingerprinter(Builder builder) {
    provenance = new Provenance(builder.inApp, builder.notInApp);
    normalizers = List.copyOf(builder.normalizers);
    frames = new FrameNormalizer(normalizers);
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
   * Computes a fingerprint. Costs a walk over the whole chain: whoever sees the same stack often
   * keeps the result.
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
    return event.throwable() == null
        ? explainMessage(event)
        : explainThrowable(event, new CauseChain(event.throwable()));
  }

  private Explanation explainMessage(ErrorEvent event) {
    String text = event.template() == null ? event.message() : event.template();
    List<String> parts = new ArrayList<>();
    parts.add("logger " + event.logger());
    if (text != null) {
      parts.add("message " + parameterized(text));
    }
    String title = event.message() == null ? event.logger() : titled(event.message());
    return explanation(
        event,
        text == null ? Basis.LOGGER : Basis.MESSAGE,
        parts,
        new Named(title, event.logger(), ""),
        List.of());
  }

  private Explanation explainThrowable(ErrorEvent event, CauseChain chain) {
    ThrowableInfo atFault = chain.serverFault();
    return atFault == null ? explainFrames(event, chain) : explainFault(event, chain, atFault);
  }

  private Explanation explainFault(ErrorEvent event, CauseChain chain, ThrowableInfo atFault) {
    SqlFault fault = Objects.requireNonNull(SqlFault.of(atFault));
    String state = SQL_STATE + fault.state();
    return explanation(
        event,
        Basis.SERVER_FAULT,
        List.of(state),
        new Named(title(atFault), state, atFault.className()),
        thrown(chain, traces(chain)));
  }

  private Explanation explainFrames(ErrorEvent event, CauseChain chain) {
    List<List<Step>> traces = traces(chain);
    List<String> parts = new ArrayList<>();
    chain.types(frames).forEach(type -> parts.add("type " + type));
    CountedFrames counted = CountedFrames.of(traces, chain.isStackOverflow());
    Basis basis = addFrames(event, chain, counted, parts);
    ThrowableInfo root = chain.root();
    return explanation(
        event,
        basis,
        parts,
        new Named(title(root), culprit(event, chain, counted), root.className()),
        thrown(chain, traces));
  }

  private static String title(ThrowableInfo throwable) {
    String type = simpleName(throwable.className());
    String message = titled(CauseChain.message(throwable));
    return cut(message.isEmpty() ? type : type + ": " + message);
  }

  private Basis addFrames(
      ErrorEvent event, CauseChain chain, CountedFrames counted, List<String> parts) {
    if (counted.called() != null) {
      parts.add("calls " + counted.called().method());
    }
    counted.frames().forEach(frame -> parts.add("frame " + frame.name()));
    if (!counted.frames().isEmpty()) {
      return counted.basis();
    }
    String message = chain.message();
    if (message != null) {
      parts.add("message " + parameterized(message));
      return Basis.MESSAGE;
    }
    parts.add("logger " + event.logger());
    String text = event.template() == null ? event.message() : event.template();
    if (text != null) {
      parts.add("message " + parameterized(text));
    }
    return Basis.LOGGER;
  }

  private static String culprit(ErrorEvent event, CauseChain chain, CountedFrames counted) {
    if (counted.basis() == Basis.IN_APP_FRAMES || event.logger().isEmpty()) {
      return counted.frames().isEmpty() ? chain.root().className() : counted.frames().get(0).name();
    }
    return event.logger();
  }

  /** The steps of each throwable, root cause first. A name that comes again is normalised once. */
  private List<List<Step>> traces(CauseChain chain) {
    Map<String, FrameNormalizer.Result> known = new HashMap<>();
    List<List<Step>> traces = new ArrayList<>();
    for (int i = chain.throwables().size() - 1; i >= 0; i--) {
      StackTraceElement[] trace = chain.throwables().get(i).frames();
      int own = chain.ownFrames(i);
      List<Step> steps = new ArrayList<>();
      for (int k = 0; k < Math.min(trace.length, MAX_FRAMES); k++) {
        String name = trace[k].getClassName() + '.' + trace[k].getMethodName();
        steps.add(step(trace[k], known.computeIfAbsent(name, frames::normalize), k >= own));
      }
      traces.add(steps);
    }
    return traces;
  }

  private Step step(StackTraceElement frame, FrameNormalizer.Result normalized, boolean shared) {
    String name = normalized.name();
    return new Step(frame, normalized, provenance.of(name == null ? "" : name), shared);
  }

  private static List<Explanation.Thrown> thrown(CauseChain chain, List<List<Step>> traces) {
    List<List<Step>> outermostFirst = new ArrayList<>(traces);
    Collections.reverse(outermostFirst);
    List<Explanation.Thrown> thrown = new ArrayList<>();
    for (int i = 0; i < outermostFirst.size(); i++) {
      ThrowableInfo throwable = chain.throwables().get(i);
      thrown.add(
          new Explanation.Thrown(
              throwable.description(),
              !Wrappers.seesThrough(throwable),
              outermostFirst.get(i).stream().map(Step::explained).toList()));
    }
    return List.copyOf(thrown);
  }

  /** How a group is shown, and the root cause's type. */
  private record Named(String title, String culprit, String rootType) {}

  private Explanation explanation(
      ErrorEvent event,
      Basis basis,
      List<String> parts,
      Named named,
      List<Explanation.Thrown> throwables) {
    String defaultValue = hash(parts);
    String own = own(event, named, defaultValue);
    String value =
        own == null || own.equals(defaultValue) ? defaultValue : hash(List.of("own " + own));
    return new Explanation(
        new Fingerprint(value, named.title(), named.culprit()),
        basis,
        List.copyOf(parts),
        own,
        throwables);
  }

  /** The event's own fingerprint, else the template's; null when there is neither. */
  private @Nullable String own(ErrorEvent event, Named named, String defaultValue) {
    String own = event.context().apply(ErrorEvent.OWN_FINGERPRINT);
    if (own != null && !own.isBlank()) {
      return FingerprintTemplate.renderOwn(own, defaultValue);
    }
    return template == null
        ? null
        : template.render(name -> variable(name, event, named, defaultValue));
  }

  private static String variable(String name, ErrorEvent event, Named named, String defaultValue) {
    return switch (name) {
      case FingerprintTemplate.DEFAULT -> defaultValue;
      case FingerprintTemplate.LOGGER -> event.logger();
      case FingerprintTemplate.TEMPLATE -> event.template() == null ? "" : event.template();
      case FingerprintTemplate.EXCEPTION -> named.rootType();
      default -> {
        String value = event.context().apply(name.substring(FingerprintTemplate.CONTEXT.length()));
        yield value == null ? "" : value;
      }
    };
  }

  private String parameterized(String message) {
    String text = MessageParameterizer.cut(message);
    for (OwnNormalizer normalizer : normalizers) {
      text = normalizer.apply(text);
    }
    return MESSAGES.parameterize(text);
  }

  private static String titled(String message) {
    String line = message.strip().lines().findFirst().orElse("");
    return cut(TITLES.parameterize(line));
  }

  private static String cut(String title) {
    return title.length() <= Fingerprint.MAX_TITLE
        ? title
        : title.substring(0, Fingerprint.MAX_TITLE - 1) + "…";
  }

  private static String simpleName(String type) {
    return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
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
