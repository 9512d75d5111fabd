package dev.howdah.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.testkit.TestDatabase;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each level of the framework arrives as Howdah's; below the logger's level nothing does. */
public abstract class LevelsSuite extends ConformanceSuite {

  /**
   * For a subclass that names its framework.
   *
   * @param driver the framework
   * @param db a database for this class
   */
  protected LevelsSuite(Driver driver, TestDatabase db) {
    super(driver, db);
  }

  @Test
  void eachLevelArrivesByEachWayToLog() {
    Session session = start();
    for (Level level : Level.values()) {
      session.log(Call.at(level, "call {}", level));
      session.log(level, Call.LOGGER, "plain {}", level);
    }
    session.stop();

    assertThat(db.query("SELECT level, message FROM " + logs() + " ORDER BY seq"))
        .isEqualTo(
            Arrays.stream(Level.values())
                .flatMap(
                    level ->
                        List.of(
                            List.of(stored(level), "call " + level),
                            List.of(stored(level), "plain " + level))
                            .stream())
                .toList());
    assertBalanced(session);
  }

  @ParameterizedTest
  @EnumSource(value = Level.class, names = "FATAL", mode = EnumSource.Mode.EXCLUDE)
  void belowTheLoggersLevelNothingArrives(Level lowest) {
    Session session = start();
    session.rootLevel(lowest);
    for (Level level : Level.values()) {
      session.log(Call.at(level, "{}", level));
    }
    session.stop();

    List<List<String>> above =
        Arrays.stream(Level.values())
            .filter(level -> level.compareTo(lowest) >= 0)
            .map(level -> List.of(level.name()))
            .toList();
    assertThat(db.query("SELECT message FROM " + logs() + " ORDER BY seq")).isEqualTo(above);
    assertThat(session.counts().logged()).isEqualTo(above.size());
  }
}
