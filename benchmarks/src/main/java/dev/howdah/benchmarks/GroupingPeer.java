package dev.howdah.benchmarks;

import dev.howdah.fingerprint.ErrorEvent;
import dev.howdah.fingerprint.Fingerprinter;
import dev.howdah.fingerprint.StackTraceParser;
import java.util.function.Function;

/**
 * A way to tell which stack traces are the same bug.
 *
 * @param name what it is called in the table
 * @param key a trace's text to a key; traces with the same key are one group
 */
record GroupingPeer(String name, Function<String, String> key) {

  private static final Fingerprinter FINGERPRINTER = Fingerprinter.withDefaults();

  /** Howdah's fingerprint with nothing configured. */
  static final GroupingPeer HOWDAH =
      new GroupingPeer(
          "Howdah",
          text ->
              StackTraceParser.parse(text)
                  .map(thrown -> FINGERPRINTER.fingerprint(ErrorEvent.of(thrown)).value())
                  .orElse(text));

  /** As FraiseQL does it: where the exception was made, to the line. */
  static final GroupingPeer TYPE_FILE_LINE =
      new GroupingPeer(
          "type+file+line",
          text -> {
            PrintedTrace trace = PrintedTrace.parse(text);
            return trace.type() + " " + trace.position();
          });

  /** The same without the line, but with the method. */
  static final GroupingPeer TYPE_TOP_FRAME =
      new GroupingPeer(
          "type+top frame",
          text -> {
            PrintedTrace trace = PrintedTrace.parse(text);
            return trace.type() + " " + trace.method();
          });

  /** The innermost cause's message as it is. */
  static final GroupingPeer MESSAGE =
      new GroupingPeer("message only", text -> PrintedTrace.parse(text).rootMessage());
}
