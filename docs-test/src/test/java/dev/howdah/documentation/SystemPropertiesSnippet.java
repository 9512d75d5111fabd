package dev.howdah.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;

/**
 * Starts a JVM with a log4j2.component.properties: Log4j2 must be what the garbage-free set-up says
 * it is, and what is logged must be in the database.
 */
final class SystemPropertiesSnippet {

  private static final String PROGRAM =
      """
      public final class Main {
        public static void main(String[] args) {
          org.apache.logging.log4j.ThreadContext.put("user_id", "7");
          org.apache.logging.log4j.LogManager.getLogger("com.example.Checkout").error("garbage-free");
          System.out.println(org.apache.logging.log4j.LogManager.getContext(false).getClass());
          System.out.println(org.apache.logging.log4j.ThreadContext.getThreadContextMap().getClass());
          System.out.println(org.apache.logging.log4j.core.util.ClockFactory.getClock().getClass());
        }
      }
      """;

  private final TestDatabase db;
  private final Path folder;

  SystemPropertiesSnippet(TestDatabase db, Path folder) {
    this.db = db;
    this.folder = folder;
  }

  void run(Snippet snippet) throws Exception {
    ForkedJava java = new ForkedJava(db, folder);
    java.compile(PROGRAM);
    java.resource("log4j2.component.properties", snippet.text());
    Path logback = java.resource("logback-of-the-snippet.xml", "<configuration/>");
    Path log4j2 = java.resource("log4j2-of-the-snippet.xml", JavaSnippet.LOG4J2);
    String printed =
        java.run("-Dlogback.configurationFile=" + logback, "-Dlog4j2.configurationFile=" + log4j2);
    assertThat(printed)
        .contains("AsyncLoggerContext", "GarbageFreeSortedArrayThreadContextMap", "CachedClock");
    assertThat(db.count("SELECT count(*) FROM monitoring.logs WHERE message = 'garbage-free'"))
        .isEqualTo(1);
  }
}
