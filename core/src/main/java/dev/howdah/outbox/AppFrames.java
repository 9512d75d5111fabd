package dev.howdah.outbox;

import dev.howdah.fingerprint.Decision;
import dev.howdah.fingerprint.ErrorEvent;
import dev.howdah.fingerprint.Explanation;
import dev.howdah.fingerprint.Fingerprinter;
import dev.howdah.fingerprint.StackTraceParser;
import java.util.List;

/** Finds the few lines of a stack trace that people look at first. */
final class AppFrames {

  private static final int MAX_FRAMES = 10;

  private final Fingerprinter fingerprinter;

  AppFrames(Fingerprinter fingerprinter) {
    this.fingerprinter = fingerprinter;
  }

  /** The innermost frames of the application; where there are none, the innermost. */
  List<String> of(String stackTrace) {
    List<Explanation.Frame> frames =
        StackTraceParser.parse(stackTrace)
            .map(thrown -> fingerprinter.explain(ErrorEvent.of(thrown)).throwables())
            .map(chain -> chain.get(chain.size() - 1).frames())
            .orElse(List.of());
    List<String> kept =
        frames.stream()
            .filter(AppFrames::isApplications)
            .limit(MAX_FRAMES)
            .map(AppFrames::line)
            .toList();
    return kept.isEmpty() ? frames.stream().limit(MAX_FRAMES).map(AppFrames::line).toList() : kept;
  }

  private static boolean isApplications(Explanation.Frame frame) {
    return frame.decision() == Decision.KEPT || frame.decision() == Decision.SHARED;
  }

  /** Without module and class loader, which only make it longer. */
  private static String line(Explanation.Frame frame) {
    StackTraceElement element = frame.frame();
    return new StackTraceElement(
            element.getClassName(),
            element.getMethodName(),
            element.getFileName(),
            element.getLineNumber())
        .toString();
  }
}
