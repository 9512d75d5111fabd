package dev.howdah.fingerprint;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line of a frame: {@code at [loader/][module[@version]/]class.method(place)}, with what
 * Logback and Log4j2 put behind it ({@code ~[app.jar:1.0]}). Linear in the line's length.
 */
final class FrameLine {

  private static final String AT = "at ";
  private static final int NATIVE = -2;
  private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]+|\\d+");

  private FrameLine() {}

  /**
   * @param text a line without the white space before it
   * @return the frame; null when the line is no frame
   */
  static @Nullable StackTraceElement parse(String text) {
    int open = text.indexOf('(');
    if (!text.startsWith(AT) || open < 0) {
      return null;
    }
    int close = text.indexOf(')', open);
    while (close >= 0 && close + 1 < text.length() && text.charAt(close + 1) == ')') {
      close++;
    }
    if (close < 0 || !isPackaging(text.substring(close + 1))) {
      return null;
    }
    return frame(text.substring(AT.length(), open).strip(), text.substring(open + 1, close));
  }

  private static boolean isPackaging(String behind) {
    return behind.isBlank() || behind.startsWith(" [") || behind.startsWith(" ~[");
  }

  private static @Nullable StackTraceElement frame(String name, String place) {
    int dot = name.lastIndexOf('.');
    if (dot <= 0 || dot == name.length() - 1 || !isPlace(place)) {
      return null;
    }
    String qualified = name.substring(0, dot);
    int classFrom = classFrom(qualified);
    String className = qualified.substring(classFrom);
    if (className.isEmpty() || className.chars().anyMatch(Character::isWhitespace)) {
      return null;
    }
    String method = name.substring(dot + 1);
    String[] origin = origin(qualified.substring(0, classFrom));
    int colon = place.lastIndexOf(':');
    return new StackTraceElement(
        origin[0],
        origin[1],
        origin[2],
        className,
        method,
        file(colon < 0 ? place : place.substring(0, colon)),
        place.equals("Native Method") ? NATIVE : line(place.substring(colon + 1)));
  }

  /** The address of a hidden class stands behind a slash too. */
  private static int classFrom(String qualified) {
    int slash = qualified.lastIndexOf('/');
    if (slash >= 0 && ADDRESS.matcher(qualified.substring(slash + 1)).matches()) {
      slash = qualified.lastIndexOf('/', slash - 1);
    }
    return slash + 1;
  }

  /** Loader, module and version of {@code app/module@1/}, {@code module@1/} or {@code app//}. */
  private static @Nullable String[] origin(String prefix) {
    if (prefix.isEmpty()) {
      return new @Nullable String[3];
    }
    String names = prefix.substring(0, prefix.length() - 1);
    int slash = names.indexOf('/');
    String module = names.substring(slash + 1);
    int at = module.indexOf('@');
    return new @Nullable String[] {
      slash < 0 ? null : names.substring(0, slash),
      at < 0 ? module : module.substring(0, at),
      at < 0 ? null : module.substring(at + 1)
    };
  }

  private static boolean isPlace(String place) {
    return place.indexOf(' ') < 0
        || place.equals("Native Method")
        || place.startsWith("Unknown Source")
        || place.contains("Compiled Code");
  }

  private static @Nullable String file(String name) {
    return name.equals("Unknown Source") || name.equals("Native Method") ? null : name;
  }

  private static int line(String digits) {
    int line = 0;
    for (int i = 0; i < digits.length() && line < Integer.MAX_VALUE / 10; i++) {
      if (!Character.isDigit(digits.charAt(i))) {
        return -1;
      }
      line = 10 * line + Character.digit(digits.charAt(i), 10);
    }
    return digits.isEmpty() ? -1 : line;
  }
}
