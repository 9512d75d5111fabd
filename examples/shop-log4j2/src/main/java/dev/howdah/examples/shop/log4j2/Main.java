package dev.howdah.examples.shop.log4j2;

import dev.howdah.examples.shop.Demo;
import java.util.List;

/** Runs the demo on Log4j2. */
public final class Main {

  private Main() {}

  /**
   * Runs the demo and ends the JVM.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    // The database's own start logs too, before there is a URL for log4j2.xml to read.
    System.setProperty("log4j2.configurationFile", "log4j2-before-demo.xml");
    System.exit(new Demo(Log4j2Logging::start, Requests::new).run(List.of(args)));
  }
}
