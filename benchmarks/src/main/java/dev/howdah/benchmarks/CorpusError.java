package dev.howdah.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An exception with the frames of a trace of {@link GroupingCorpus}, as long as real ones are. */
final class CorpusError extends RuntimeException {

  private static final long serialVersionUID = 1;
  private static final Pattern FRAME =
      Pattern.compile("^\\s*at (?:[\\w.@-]*/){0,2}(.+)\\.([^.()]+)\\(([^():]*)(?::(\\d+))?\\)");

  private CorpusError(String text) {
    super(text.lines().findFirst().orElse(""), null, false, true);
    setStackTrace(
        text.lines()
            .map(FRAME::matcher)
            .filter(Matcher::find)
            .map(CorpusError::frame)
            .toArray(StackTraceElement[]::new));
  }

  /** One for each trace of the corpus. */
  static List<CorpusError> all() throws IOException {
    return GroupingCorpus.own().traces().stream().map(t -> new CorpusError(t.text())).toList();
  }

  private static StackTraceElement frame(Matcher matcher) {
    String line = matcher.group(4);
    return new StackTraceElement(
        matcher.group(1),
        matcher.group(2),
        matcher.group(3),
        line == null ? -1 : Integer.parseInt(line));
  }
}
