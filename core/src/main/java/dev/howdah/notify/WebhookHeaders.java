package dev.howdah.notify;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The operator's own headers, written as lines. Their values may be secrets, such as tokens. */
final class WebhookHeaders {

  /** RFC 9110, section 5.6.2. */
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]+");

  /** Of the connection, which is not the message's business, and those that Howdah sets. */
  private static final Set<String> RESERVED =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "idempotency-key");

  private WebhookHeaders() {}

  /** By name, whose case does not matter. */
  static Map<String, String> parse(String lines) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    lines
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .forEach(line -> parse(line, headers));
    return headers;
  }

  private static void parse(String line, Map<String, String> headers) {
    int colon = line.indexOf(':');
    String name = colon < 0 ? "" : line.substring(0, colon).stripTrailing();
    String value = line.substring(colon + 1).strip();
    if (!NAME.matcher(name).matches()) {
      throw WrongSetting.of("headers", "…", "lines such as 'Name: value'");
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("content-type")) {
      throw wrong(name, "set by 'contentType'");
    }
    if (RESERVED.contains(lower) || lower.startsWith("howdah-")) {
      throw wrong(name, "left to Howdah");
    }
    if (!VALUE.matcher(value).matches()) {
      throw wrong(name, "of printable ASCII characters, one at least");
    }
    if (headers.put(name, value) != null) {
      throw wrong(name, "there once");
    }
  }

  private static IllegalArgumentException wrong(String name, String right) {
    return WrongSetting.of("headers", name + ": …", right);
  }
}
