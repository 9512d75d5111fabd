package dev.howdah.examples.shop;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for. The option {@code --log4j2} is not among it: bin/demo takes it
 * for itself, to choose which of the examples it runs.
 *
 * @param keep whether to stay up afterwards
 * @param url JDBC URL of the server to use, or null for an own one
 * @param help whether only the usage is wanted
 */
record Options(boolean keep, @Nullable String url, boolean help) {

  static final String USAGE =
      """
      bin/demo [--log4j2] [--keep] [--url jdbc:postgresql://host:port/database?user=…&password=…]

        --log4j2  log by Log4j2, in place of Logback
        --keep    stay up afterwards, until Ctrl-C, so that you can look around with psql
        --url     use this server, in place of an embedded one that ends with the demo;
                  makes the schemas monitoring (Howdah's) and howdah_demo_shop (the shop's) there
        --help    print this
      """;

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Options parse(List<String> args) {
    boolean keep = false;
    boolean help = false;
    String url = null;
    for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
      String option = rest.next();
      switch (option) {
        case "--keep" -> keep = true;
        case "--help", "-h" -> help = true;
        case "--url" -> url = valueOf(option, rest);
        default -> throw new IllegalArgumentException("there is no option '" + option + "'");
      }
    }
    return new Options(keep, url, help);
  }

  private static String valueOf(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.next();
  }
}
