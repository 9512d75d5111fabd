package dev.howdah.fingerprint;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which frames of a chain count.
 *
 * <p>The traces of the chain are read as one path from the root cause's throw outwards: in one
 * thread that is the root cause's own stack, and over a border between threads it goes on with the
 * caller who waited. Of this path the application's frames count; where there are none, those of
 * libraries; where there are none, the platform's. Filters and interceptors of the application's
 * stand in the path of every error and come and go, so they don't count; a path of nothing else is
 * one without the application's frames.
 *
 * <p>Where the application gave the work away by a call that says little, as {@code main} does by
 * {@code run} or a controller for all commands by {@code dispatch}, the place in a library that
 * failed counts too.
 *
 * @param basis whose frames count; {@link Basis#MESSAGE} when there are none
 * @param frames those that count, innermost first
 * @param called the method of a library that the innermost of the application's had called, and in
 *     which it failed; null when it failed itself
 * @param thrower where the library failed, when the call says little; else null
 */
record CountedFrames(
    Basis basis, List<Step> frames, @Nullable Step called, @Nullable Step thrower) {

  /** By which an interceptor of whatever kind calls the next. */
  private static final Set<String> HANDING_ON =
      Set.of(
          "doFilter",
          "proceed",
          "proceedWith",
          "proceedWithInvocation",
          "handleRequest",
          "fireChannelRead",
          "startCall",
          "onMessage",
          "onHalfClose");

  /** Calls that say little of what is to be done. */
  private static final Set<String> GIVING_AWAY =
      Set.of(
          "run",
          "call",
          "execute",
          "invoke",
          "start",
          "launch",
          "main",
          "dispatch",
          "handle",
          "process",
          "eval",
          "evaluate",
          "render",
          "fireAllRules");

  /** Classes that check for others; the one that asked is what failed. */
  private static final Pattern CHECKER =
      Pattern.compile("[.$](?:Assert|Asserts|Preconditions|Validate|Verify|Args|Checks)\\.[^.]++$");

  /**
   * Decides on each step.
   *
   * @param traces of each throwable, root cause first, its steps innermost first
   * @param isStackOverflow whether the stack ran out
   */
  static CountedFrames of(List<List<Step>> traces, boolean isStackOverflow) {
    traces.forEach(CountedFrames::markHandingOn);
    List<Step> path = new ArrayList<>();
    traces.forEach(trace -> trace.stream().filter(Step::isUndecided).forEach(path::add));
    for (Origin origin : Origin.values()) {
      if (path.stream().anyMatch(step -> step.isOf(origin))) {
        return counted(traces, path, origin, isStackOverflow);
      }
    }
    return new CountedFrames(Basis.MESSAGE, List.of(), null, null);
  }

  /** The lines to be hashed. */
  List<String> parts() {
    List<String> parts = new ArrayList<>();
    if (called != null) {
      parts.add("calls " + called.method());
    }
    if (thrower != null) {
      parts.add("fails in " + thrower.name());
    }
    frames.forEach(frame -> parts.add("frame " + frame.name()));
    return parts;
  }

  private static CountedFrames counted(
      List<List<Step>> traces, List<Step> path, Origin origin, boolean isStackOverflow) {
    List<Step> counted = path.stream().filter(step -> step.isOf(origin)).toList();
    path.stream()
        .filter(step -> !step.isOf(origin))
        .forEach(step -> step.decide(Decision.NOT_IN_APP));
    Basis basis = basis(origin);
    if (isStackOverflow) {
      List<Step> circle = Recursion.circle(counted);
      if (!circle.isEmpty()) {
        return new CountedFrames(basis, circle, null, null);
      }
    }
    List<Step> kept = Recursion.erased(path, origin);
    Step called = origin == Origin.APPLICATION ? called(traces, counted.get(0)) : null;
    Step thrower = called == null ? null : thrower(path, called);
    if (thrower != null) {
      thrower.decide(Decision.THREW);
    }
    if (called != null) {
      called.decide(Decision.CALLED);
    }
    return new CountedFrames(basis, kept, called, thrower);
  }

  private static Basis basis(Origin origin) {
    return switch (origin) {
      case APPLICATION -> Basis.IN_APP_FRAMES;
      case LIBRARY -> Basis.LIBRARY_FRAMES;
      case PLATFORM -> Basis.PLATFORM_FRAMES;
    };
  }

  private static void markHandingOn(List<Step> trace) {
    Step inner = null;
    for (Step step : trace) {
      if (step.isUndecided()
          && step.isOf(Origin.APPLICATION)
          && inner != null
          && !inner.isOf(Origin.APPLICATION)
          && HANDING_ON.contains(inner.method())) {
        step.decide(Decision.HANDS_ON);
      }
      inner = step.isGenerated() ? inner : step;
    }
  }

  /** A generated subclass calls its generator's code first, so that this tells nothing. */
  private static @Nullable Step called(List<List<Step>> traces, Step innermost) {
    if (innermost.isProxied()) {
      return null;
    }
    for (List<Step> trace : traces) {
      int at = trace.indexOf(innermost);
      for (int i = at - 1; i >= 0; i--) {
        if (!trace.get(i).isGenerated()) {
          return trace.get(i).isOf(Origin.APPLICATION) ? null : trace.get(i);
        }
      }
      if (at >= 0) {
        return null;
      }
    }
    return null;
  }

  private static @Nullable Step thrower(List<Step> path, Step called) {
    if (!called.isOf(Origin.LIBRARY) || !GIVING_AWAY.contains(called.method())) {
      return null;
    }
    for (Step step : path) {
      if (step.isOf(Origin.LIBRARY) && !CHECKER.matcher(step.name()).find()) {
        return step == called ? null : step;
      }
    }
    return null;
  }
}
