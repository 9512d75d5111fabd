package dev.howdah.examples.shop.logback;

import dev.howdah.examples.shop.Demo;
import java.util.List;

/** Runs the demo on Logback. */
public final class Main {

  private Main() {}

  /**
   * Runs the demo and ends the JVM.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    // The database's own start logs too, before there is a URL for logback.xml to read.
    System.setProperty("logback.configurationFile", "logback-before-demo.xml");
    System.exit(new Demo(LogbackLogging::start, Requests::new).run(List.of(args)));
  }
}
