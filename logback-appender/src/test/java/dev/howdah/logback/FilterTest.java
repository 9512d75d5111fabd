package dev.howdah.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import dev.howdah.event.Level;
import dev.howdah.event.LossCause;
import dev.howdah.testkit.PostgresTest;
import dev.howdah.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Filters on the appender are the application's code: they decide, and may fail or log. */
@PostgresTest
class FilterTest {

  private final TestDatabase db;
  @TempDir Path directory;

  FilterTest(TestDatabase db) {
    this.db = db;
  }

  private static Filter<ILoggingEvent> filter(Function<String, FilterReply> decision) {
    return new Filter<>() {
      @Override
      public FilterReply decide(ILoggingEvent event) {
        return decision.apply(event.getMessage());
      }
    };
  }

  @Test
  void whatAFilterDeniesIsNeitherWrittenNorCounted() {
    try (AppenderFixture fixture = new AppenderFixture(db, directory)) {
      fixture.appender.addFilter(
          filter(m -> m.startsWith("no") ? FilterReply.DENY : FilterReply.NEUTRAL));
      Logger logger = fixture.start();
      logger.info("yes");
      logger.info("no");
      fixture.appender.stop();

      assertThat(fixture.stats().logged()).isEqualTo(1);
      assertThat(db.query("SELECT message FROM " + fixture.logs())).containsExactly(List.of("yes"));
      fixture.assertBalanced();
    }
  }

  @Test
  void aFilterThatFailsCostsItsEventAndNeverReachesTheCaller() {
    try (AppenderFixture fixture = new AppenderFixture(db, directory)) {
      fixture.appender.addFilter(
          filter(
              m -> {
                if (m.startsWith("fail")) {
                  throw new AssertionError("the filter's own fault");
                }
                return FilterReply.NEUTRAL;
              }));
      Logger logger = fixture.start();
      assertThatCode(() -> logger.error("fail")).doesNotThrowAnyException();
      logger.info("fine");
      fixture.appender.stop();

      assertThat(fixture.stats().lost(LossCause.FAILED, Level.ERROR)).isEqualTo(1);
      assertThat(
              db.query("SELECT message FROM " + fixture.logs() + " WHERE logger <> 'dev.howdah'"))
          .containsExactly(List.of("fine"));
      fixture.assertBalanced();
    }
  }

  @Test
  void aFilterThatLogsDoesNotRecurseForEver() {
    try (AppenderFixture fixture = new AppenderFixture(db, directory)) {
      Logger logger = fixture.context.getLogger("shop.Checkout");
      fixture.appender.addFilter(
          filter(
              m -> {
                logger.info("from the filter");
                return FilterReply.NEUTRAL;
              }));
      fixture.start();
      assertThatCode(() -> logger.warn("outer")).doesNotThrowAnyException();
      fixture.appender.stop();

      assertThat(db.count("SELECT count(*) FROM " + fixture.logs() + " WHERE message = 'outer'"))
          .isEqualTo(1);
      // The innermost of them is given up, counted.
      assertThat(fixture.stats().lost(LossCause.FAILED, Level.INFO)).isEqualTo(1);
      fixture.assertBalanced();
    }
  }
}
