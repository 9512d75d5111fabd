package dev.howdah.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.testkit.TestDatabase;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A framework that was stopped leaves no thread, no connection and no class behind. */
public abstract class LeaksSuite extends ConformanceSuite {

  private static final int STARTS = 50;
  private static final int LOADERS = 10;
  private static final int STARTS_A_LOADER = STARTS / LOADERS;

  /**
   * For a subclass that names its framework.
   *
   * @param driver the framework
   * @param db a database for this class
   */
  protected LeaksSuite(Driver driver, TestDatabase db) {
    super(driver, db);
  }

  @BeforeEach
  void asAnApplicationWould() {
    settings.put("url", db.url() + "?ApplicationName=" + schema);
    settings.put("shutdownHook", "true");
  }

  @Test
  void fiftyStartsLeaveNoThreadAndNoConnection() {
    HowdahThreads before = HowdahThreads.now();
    for (int i = 0; i < STARTS; i++) {
      logAndStop(driver);
    }

    assertThat(db.count("SELECT count(*) FROM " + logs())).isEqualTo(STARTS);
    before.assertNoOthersLeft();
    assertNoConnectionsLeft();
  }

  @Test
  void classLoadersThatAFrameworkRanInAreCollected() throws Exception {
    HowdahThreads before = HowdahThreads.now();
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    driver.forUnloading().forEach(System::setProperty);
    try {
      for (int i = 0; i < LOADERS; i++) {
        loaders.add(logInALoaderOfItsOwn());
      }
    } finally {
      driver.forUnloading().keySet().forEach(System::clearProperty);
    }

    assertThat(db.count("SELECT count(*) FROM " + logs())).isEqualTo(STARTS);
    before.assertNoOthersLeft();
    assertNoConnectionsLeft();
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(loaders).allMatch(loader -> loader.get() == null);
            });
  }

  private WeakReference<ClassLoader> logInALoaderOfItsOwn() throws Exception {
    try (IsolatedFramework isolated = new IsolatedFramework(driver.getClass())) {
      assertThat(isolated.driver().getClass()).isNotSameAs(driver.getClass());
      for (int start = 0; start < STARTS_A_LOADER; start++) {
        logAndStop(isolated.driver());
      }
      return new WeakReference<>(isolated.loader());
    }
  }

  private void logAndStop(Driver framework) {
    try (Session session = framework.start(settings)) {
      session.mdc("user", "ann");
      session.log(
          Call.at(Level.ERROR, "failed for {}", "ann")
              .keyValue("list", List.of(1, 2))
              .cause(new IllegalStateException("failed")));
    }
  }

  private void assertNoConnectionsLeft() {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                db.count(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = '"
                            + schema
                            + "'")
                    == 0);
  }
}
