package dev.howdah.fingerprint;

import java.util.Locale;

/**
 * What varies between two messages of the same error: the table of parameters. Where several fit at
 * one place of a text, the first of this order is taken.
 *
 * <p>Each pattern reads at most a bounded number of characters beyond those it takes.
 */
enum Parameter {
  QUOTED(
      "\"[^\"\\n]{0,300}\"|(?<!\\w)'[^'\\n]{1,300}'(?!\\w)|`[^`\\n]{1,300}`"
          + "|«[^»\\n]{1,300}»|“[^”\\n]{1,300}”",
      "column \"login\" is missing for 'bob'",
      "column <quoted> is missing for <quoted>"),
  URL(
      "\\b[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\\s\"'<>,;)\\]]++",
      "GET https://api.acme.com/orders/42?x=1 failed",
      "GET <url> failed"),
  EMAIL(
      "[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,8}",
      "no mailbox bob.smith+x@mail.acme.com",
      "no mailbox <email>"),
  UUID(
      "\\b[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\\b",
      "order 6f1c2f0e-9a3b-4c1d-8e2f-0123456789ab not found", "order <uuid> not found"),
  DATE(
      "\\b\\d{4}-\\d\\d-\\d\\d"
          + "(?:[T ]\\d\\d:\\d\\d(?::\\d\\d(?:[.,]\\d{1,9})?)?(?: ?(?:Z\\b|UTC\\b|[+-]\\d\\d:?\\d\\d))?)?"
          + "(?:\\[[\\w/]{1,40}])?"
          + "|\\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? [A-Z0-9][^\\n]{4,24}\\b\\d{4}\\b"
          + "|\\b\\d{1,2}/\\d{1,2}/\\d{2,4}\\b|\\b\\d{1,2}\\.\\d{1,2}\\.\\d{4}\\b",
      "expired at 2026-11-25T21:38:29.123Z", "expired at <date>"),
  TIME(
      "\\b\\d{1,2}:\\d\\d(?::\\d\\d(?:[.,]\\d{1,9})?)?\\b",
      "closed since 18:30:05",
      "closed since <time>"),
  IP(
      "(?:[\\w.-]{0,80}/)?\\b\\d{1,3}(?:\\.\\d{1,3}){3}(?::\\d{1,5})?\\b"
          + "|(?<![\\w:])\\[?(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{1,4}(?:%\\w{1,20})?"
          + "(?:](?::\\d{1,5})?)?(?![\\w:])",
      "no route to db/10.0.3.7:5432 or [2001:db8::7]:5432", "no route to <ip> or <ip>"),
  HOST(
      "\\b[A-Za-z0-9][\\w-]{0,62}(?:\\.[\\w-]{1,63}){0,8}:\\d{2,5}\\b"
          + "|\\b(?:[a-z0-9-]{1,63}\\.){1,8}"
          + "(?:com|net|org|io|dev|app|cloud|internal|local|localdomain|lan|corp|svc|test)(?![.\\w])",
      "Connection to db-3.acme.internal:5432 refused",
      "Connection to <host> refused"),
  DURATION(
      "\\bPT?\\d[\\dYMWDTHS.]{1,30}\\b"
          + "|(?<![\\w.])\\d{1,15}(?:[.,]\\d{1,9})? ?"
          + "(?:ns|µs|us|ms|millis|milliseconds?|s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?)\\b",
      "timed out after 30000ms of PT1M30S",
      "timed out after <duration> of <duration>"),
  PATH(
      "(?<![\\w/.])(?:~|\\.{1,2})?/[\\w.@%+=:~-]++(?:/[\\w.@%+=:~-]*+)*+|\\b[A-Za-z]:\\\\[^\\s\"'<>|]*+",
      "cannot read /var/data/u42.json or C:\\data\\u42.json", "cannot read <path> or <path>"),
  HEX(
      "\\b0[xX][0-9a-fA-F]{1,128}\\b|@[0-9a-f]{4,16}\\b"
          + "|\\b(?=\\d{0,128}[a-fA-F])(?=[a-fA-F]{0,128}\\d)[0-9a-fA-F]{6,128}\\b",
      "lock Order@1b2c3d4 at 0x7f00 of 9f86d081884c7d65",
      "lock Order<hex> at <hex> of <hex>"),
  TOKEN(
      "\\b(?=(?:[A-Za-z_-]{0,60}\\d){4})[A-Za-z0-9_-]{16,128}\\b",
      "request 01HF7YAT31JZHZ3XWQ0V8N9D2K failed", "request <token> failed"),
  NUMBER(
      "(?:(?<![\\w)])[-+])?\\d++(?:[.,]\\d++)*+(?:[eE][+-]?\\d++)?%?",
      "user 4711 has -12.50 on worker-7", "user <number> has <number> on worker-<number>");

  private final String pattern;
  private final String before;
  private final String after;

  Parameter(String pattern, String before, String after) {
    this.pattern = pattern;
    this.before = before;
    this.after = after;
  }

  /** Its regular expression, without capturing groups. */
  String pattern() {
    return pattern;
  }

  /** What stands in its place, such as {@code <number>}. */
  String placeholder() {
    return '<' + name().toLowerCase(Locale.ROOT) + '>';
  }

  /** An example of a message. */
  String before() {
    return before;
  }

  /** What it makes of the example. */
  String after() {
    return after;
  }
}
