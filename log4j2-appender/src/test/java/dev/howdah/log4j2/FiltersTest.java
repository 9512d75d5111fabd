package dev.howdah.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.core.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log4j2's filters, on the appender and on the reference to it. */
@PostgresTest
class FiltersTest {

  private final TestDatabase db;
  @TempDir Path directory;

  FiltersTest(TestDatabase db) {
    this.db = db;
  }

  @Test
  void aThresholdOfTheAppender() {
    assertOnlyWarnings("<ThresholdFilter level='WARN'/>", "<AppenderRef ref='PG'/>");
  }

  @Test
  void severalFiltersOfTheAppender() {
    assertOnlyWarnings(
        "<Filters><ThresholdFilter level='INFO' onMatch='NEUTRAL' onMismatch='DENY'/>"
            + "<MarkerFilter marker='QUIET' onMatch='DENY' onMismatch='ACCEPT'/></Filters>",
        "<AppenderRef ref='PG'/>");
  }

  @Test
  void theLevelOfTheReference() {
    assertOnlyWarnings("", "<AppenderRef ref='PG' level='WARN'/>");
  }

  @Test
  void aFilterOfTheReference() {
    assertOnlyWarnings("", "<AppenderRef ref='PG'><ThresholdFilter level='WARN'/></AppenderRef>");
  }

  private void assertOnlyWarnings(String filter, String reference) {
    try (Log4j2Fixture fixture = new Log4j2Fixture(db, directory)) {
      Logger logger =
          fixture.configureFile(
              Log4j2Fixture.file(
                      "<Postgres name='PG' " + fixture.attributes() + ">" + filter + "</Postgres>")
                  .replace("<AppenderRef ref='PG'/>", reference));
      logger.debug("quiet");
      logger.info(MarkerManager.getMarker("QUIET"), "quiet");
      logger.warn("heard");
      logger.error("heard");
      fixture.awaitWritten(2);

      assertThat(fixture.stats().logged()).isEqualTo(2);
      assertThat(db.query("SELECT DISTINCT message FROM " + fixture.logs()))
          .containsExactly(List.of("heard"));
    }
  }
}
