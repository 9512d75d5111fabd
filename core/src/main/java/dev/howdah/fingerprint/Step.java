package dev.howdah.fingerprint;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A frame on its way to a decision. Belongs to one computation, and so to one thread. */
final class Step {

  private final StackTraceElement frame;
  private final FrameNormalizer.Result normalized;
  private final Provenance.Verdict verdict;
  private @Nullable Decision decision;

  /**
   * @param shared true when the throwable around this one has the same frame
   */
  Step(
      StackTraceElement frame,
      FrameNormalizer.Result normalized,
      Provenance.Verdict verdict,
      boolean shared) {
    this.frame = frame;
    this.normalized = normalized;
    this.verdict = verdict;
    if (normalized.name() == null) {
      decision = Decision.GENERATED;
    } else if (shared) {
      decision = Decision.SHARED;
    }
  }

  /** The normalised {@code class.method}; empty when it is nobody's code. */
  String name() {
    return normalized.name() == null ? "" : normalized.name();
  }

  String method() {
    return name().substring(name().lastIndexOf('.') + 1);
  }

  boolean isProxied() {
    return normalized.proxied();
  }

  boolean isPassedOn() {
    return normalized.passedOn();
  }

  boolean isGenerated() {
    return normalized.name() == null;
  }

  boolean isOf(Origin origin) {
    return verdict.origin() == origin;
  }

  boolean isUndecided() {
    return decision == null;
  }

  void decide(Decision decision) {
    this.decision = decision;
  }

  /** As told to the user; what nobody decided is not counted. */
  Explanation.Frame explained() {
    Decision told = decision == null ? Decision.NOT_COUNTED : decision;
    List<String> rules = new ArrayList<>(normalized.rules());
    if (told == Decision.NOT_IN_APP && verdict.prefix() != null) {
      rules.add(verdict.prefix());
    }
    return new Explanation.Frame(frame, normalized.name(), told, List.copyOf(rules));
  }
}
