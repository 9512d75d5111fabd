package dev.howdah.cli;

import picocli.CommandLine.Help.Ansi;

/**
 * A word in a colour, where there are colours.
 *
 * @param word without markup in it
 * @param style of picocli's, such as {@code bold,red}; empty for none
 */
record Painted(String word, String style) {

  static Painted level(String level) {
    return new Painted(
        level,
        switch (level) {
          case "FATAL", "ERROR" -> "bold,red";
          case "WARN" -> "yellow";
          case "INFO" -> "";
          default -> "faint";
        });
  }

  static Painted status(String status) {
    return new Painted(
        status,
        switch (status) {
          case "unresolved" -> "red";
          case "resolved" -> "green";
          default -> "faint";
        });
  }

  static Painted title(String title) {
    return new Painted(title, "bold");
  }

  /** The word as that terminal shows it. */
  String on(Ansi ansi) {
    return style.isEmpty() ? word : ansi.string("@|" + style + " " + word + "|@");
  }

  @Override
  public String toString() {
    return word;
  }
}
