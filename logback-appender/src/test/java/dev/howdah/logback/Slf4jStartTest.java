package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.howdah.testkit.ForkedJvm;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** An application's first logger makes SLF4J initialise Logback, which starts us. */
@PostgresTest
class Slf4jStartTest {

  private final TestDatabase db;
  @TempDir Path directory;

  Slf4jStartTest(TestDatabase db) {
    this.db = db;
  }

  @Test
  void thePoolDoesNotLogBeforeSlf4jIsInitialised() throws Exception {
    Path file = directory.resolve("logback.xml");
    Files.writeString(
        file,
        """
        <configuration>
          <appender name="PG" class="dev.howdah.logback.PostgresAppender">
            <url>%s</url>
            <username>%s</username>
            <password>%s</password>
            <directory>%s</directory>
          </appender>
          <appender name="WITNESS" class="%s"/>
          <root level="INFO">
            <appender-ref ref="PG"/>
            <appender-ref ref="WITNESS"/>
          </root>
        </configuration>
        """
            .formatted(
                db.url().replace("&", "&amp;"),
                db.username(),
                AppenderFixture.password(db),
                directory,
                Witness.class.getName()));

    ForkedJvm.Result ended =
        ForkedJvm.java(
            List.of(
                "-Dlogback.configurationFile=" + file,
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName()),
            Map.of());

    assertThat(ended.exitCode()).as(ended.output()).isZero();
    // SLF4J's own warning of calls that came too early would stand here, too.
    assertThat(ended.output().lines())
        .containsExactly("while it initialises: false", "afterwards: true");
    assertThat(db.count("SELECT count(*) FROM monitoring.logs WHERE message = 'first'"))
        .isEqualTo(1);
  }

  /** What runs in the JVM of its own. */
  static final class Application {

    private Application() {}

    public static void main(String[] args) {
      LoggerFactory.getLogger("shop.Checkout").info("first");
      System.out.println("afterwards: " + PostgresAppender.isSlf4jReady());
    }
  }

  /** An appender that is started later than Howdah's, in the same initialisation. */
  public static final class Witness extends AppenderBase<ILoggingEvent> {

    @Override
    public void start() {
      System.out.println("while it initialises: " + PostgresAppender.isSlf4jReady());
      super.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
      // It is there for its start.
    }
  }
}
