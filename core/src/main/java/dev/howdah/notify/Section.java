package dev.howdah.notify;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a {@link Letter} in its two forms. Its texts are safe ones of {@link SafeText}; in
 * HTML they are escaped here.
 */
sealed interface Section {

  /** As plain text, each line ended by {@code \n}. */
  String text();

  /** As HTML, each line ended by {@code \n}; loads nothing from anywhere. */
  String html();

  /** A sentence or two. */
  record Paragraph(String words) implements Section {
    @Override
    public String text() {
      return words + "\n";
    }

    @Override
    public String html() {
      return "<p>" + Html.escape(words) + "</p>\n";
    }
  }

  /** Lines that stay as they are, under a title. */
  record Quote(String title, String lines) implements Section {
    @Override
    public String text() {
      return title + ":\n" + lines.indent(4);
    }

    @Override
    public String html() {
      return """
          <h2 style="font-size:14px;margin:16px 0 4px">%s</h2>
          <pre style="background:#f4f4f4;color:#222;padding:8px;margin:0;white-space:pre-wrap">%s</pre>
          """
          .formatted(Html.escape(title), Html.escape(lines));
    }
  }

  /** Values by label. */
  record Facts(Map<String, String> values) implements Section {

    private static final int WIDEST_LABEL = 24;

    @Override
    public String text() {
      int width =
          values.keySet().stream()
              .mapToInt(label -> Math.min(label.length(), WIDEST_LABEL))
              .max()
              .orElse(0);
      return values.entrySet().stream()
          .map(fact -> pad(fact.getKey() + ":", width + 1) + " " + fact.getValue() + "\n")
          .collect(Collectors.joining());
    }

    @Override
    public String html() {
      return values.entrySet().stream()
          .map(fact -> row(fact.getKey(), fact.getValue()))
          .collect(Collectors.joining("", "<table cellpadding=\"2\">\n", "</table>\n"));
    }

    private static String pad(String label, int width) {
      return label + " ".repeat(Math.max(0, width - label.length()));
    }

    private static String row(String label, String value) {
      return """
          <tr valign="top"><th align="left">%s</th><td>%s</td></tr>
          """
          .formatted(Html.escape(label), Html.escape(value));
    }
  }

  /** Where to read on. */
  record Link(String url) implements Section {
    @Override
    public String text() {
      return url + "\n";
    }

    @Override
    public String html() {
      return "<p>" + anchor(url, url) + "</p>\n";
    }
  }

  /** Bugs in a digest. */
  record Bugs(List<Bug> bugs) implements Section {

    /** One of them. */
    record Bug(
        String reason, String title, String place, long occurrences, @Nullable String link) {}

    @Override
    public String text() {
      return bugs.stream().map(Bugs::lines).collect(Collectors.joining("\n"));
    }

    @Override
    public String html() {
      return bugs.stream()
          .map(Bugs::row)
          .collect(
              Collectors.joining(
                  "",
                  """
                  <table cellpadding="4">
                  <tr align="left"><th>Reason</th><th>Error</th><th>Where</th><th>Occurrences</th></tr>
                  """,
                  "</table>\n"));
    }

    private static String lines(Bug bug) {
      return String.format(
          Locale.ROOT,
          "%s: %s\n    %s, occurrences: %,d\n%s",
          bug.reason(),
          bug.title(),
          bug.place(),
          bug.occurrences(),
          bug.link() == null ? "" : "    " + bug.link() + "\n");
    }

    private static String row(Bug bug) {
      return String.format(
          Locale.ROOT,
          """
          <tr valign="top"><td>%s</td><td>%s</td><td>%s</td><td align="right">%,d</td></tr>
          """,
          Html.escape(bug.reason()),
          bug.link() == null ? Html.escape(bug.title()) : anchor(bug.link(), bug.title()),
          Html.escape(bug.place()),
          bug.occurrences());
    }
  }

  private static String anchor(String url, String words) {
    return "<a href=\"" + Html.escape(url) + "\">" + Html.escape(words) + "</a>";
  }
}
