package dev.howdah.notify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A notification as people read it in a mail, in plain text and in HTML. Whatever the texts of the
 * error are, a letter is harmless and of a moderate size: each is made safe and cut here, once for
 * both forms.
 *
 * @param headline one line that says it all
 * @param sections what follows
 */
record Letter(String headline, List<Section> sections) {

  private static final int LONGEST_HEADLINE = 500;
  private static final int LONGEST_MESSAGE = 10_000;
  private static final int LONGEST_VALUE = 1_000;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_LINK = 2_000;
  private static final int MOST_FACTS = 50;
  private static final int MOST_FRAMES = 20;
  private static final int MOST_BUGS = 100;

  static Letter of(Notification notification) {
    return new Letter(
        SafeText.line(Wording.headline(notification), LONGEST_HEADLINE),
        sections(notification.subject()));
  }

  String text() {
    return sections.stream()
        .map(Section::text)
        .collect(Collectors.joining("\n", headline + "\n\n", ""));
  }

  String html() {
    String title = Html.escape(headline);
    return sections.stream()
        .map(Section::html)
        .collect(
            Collectors.joining(
                "",
                """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><title>%s</title></head>
                <body style="font-family:sans-serif;font-size:14px">
                <h1 style="font-size:18px">%s</h1>
                """
                    .formatted(title, title),
                "</body>\n</html>\n"));
  }

  private static List<Section> sections(Subject subject) {
    if (subject instanceof Issue issue) {
      return sections(issue);
    }
    if (subject instanceof ErrorRate rate) {
      return sections(rate);
    }
    if (subject instanceof Digest digest) {
      return sections(digest);
    }
    return List.of(
        new Section.Paragraph("Somebody tries whether messages arrive here. There is no error."));
  }

  private static List<Section> sections(Issue issue) {
    List<Section> sections = new ArrayList<>();
    Issue.Latest latest = issue.latest();
    if (latest != null && latest.message() != null) {
      sections.add(new Section.Quote("Message", SafeText.lines(latest.message(), LONGEST_MESSAGE)));
    }
    sections.add(facts(issue));
    if (latest != null && !latest.frames().isEmpty()) {
      sections.add(new Section.Quote("Frames", joined(latest.frames())));
    }
    String link = link(issue.link());
    if (link != null) {
      sections.add(new Section.Link(link));
    }
    return sections;
  }

  private static Section facts(Issue issue) {
    Map<String, String> safe = new LinkedHashMap<>();
    Wording.facts(issue).entrySet().stream()
        .limit(MOST_FACTS)
        .forEach(
            fact ->
                safe.put(
                    SafeText.line(fact.getKey(), LONGEST_NAME),
                    SafeText.line(fact.getValue(), LONGEST_VALUE)));
    return new Section.Facts(safe);
  }

  private static List<Section> sections(ErrorRate rate) {
    List<Section> sections = new ArrayList<>();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Service", place(rate.service(), rate.environment()));
    facts.put("Errors a second", String.format(Locale.ROOT, "%.2f", rate.perSecond()));
    facts.put("Allowed", String.format(Locale.ROOT, "%.2f", rate.limit()));
    sections.add(new Section.Facts(facts));
    if (!rate.titles().isEmpty()) {
      sections.add(new Section.Quote("Most frequent", joined(rate.titles())));
    }
    return sections;
  }

  private static List<Section> sections(Digest digest) {
    List<Section> sections = new ArrayList<>();
    List<Section.Bugs.Bug> bugs =
        digest.entries().stream().limit(MOST_BUGS).map(Letter::bug).toList();
    if (!bugs.isEmpty()) {
      sections.add(new Section.Bugs(bugs));
    }
    long others = digest.total() - bugs.size();
    if (others > 0) {
      sections.add(
          new Section.Paragraph(String.format(Locale.ROOT, "Messages beside these: %,d", others)));
    }
    return sections;
  }

  private static Section.Bugs.Bug bug(Digest.Entry entry) {
    return new Section.Bugs.Bug(
        entry.reason().label(),
        SafeText.line(entry.title(), LONGEST_HEADLINE),
        place(entry.service(), entry.environment()),
        entry.occurrences(),
        link(entry.link()));
  }

  private static String place(String service, @Nullable String environment) {
    return SafeText.line(Wording.place(service, environment), LONGEST_NAME);
  }

  private static String joined(List<String> lines) {
    return lines.stream()
        .limit(MOST_FRAMES)
        .map(line -> SafeText.line(line, LONGEST_HEADLINE))
        .collect(Collectors.joining("\n"));
  }

  /** The link as it is; null where it is none that people should follow, such as a script. */
  private static @Nullable String link(@Nullable String link) {
    return link != null
            && (link.startsWith("https://") || link.startsWith("http://"))
            && SafeText.line(link, LONGEST_LINK).equals(link)
        ? link
        : null;
  }
}
