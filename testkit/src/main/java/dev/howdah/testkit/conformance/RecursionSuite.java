package dev.howdah.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.testkit.TestDatabase;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Logging calls made while another is under way: those of the application are stored, unless its
 * framework refuses them ({@link Difference#NESTED_CALLS_REFUSED}); Howdah's own never are.
 */
public abstract class RecursionSuite extends ConformanceSuite {

  /**
   * For a subclass that names its framework.
   *
   * @param driver the framework
   * @param db a database for this class
   */
  protected RecursionSuite(Driver driver, TestDatabase db) {
    super(driver, db);
  }

  /** Logs when it is turned into text. */
  private record Chatty(Session session) {
    @Override
    public String toString() {
      session.log(Call.at(Level.INFO, "inner"));
      return "chatty";
    }
  }

  /** Logs when its property is read. */
  public static final class ChattyGetter {
    private final Session session;

    private ChattyGetter(Session session) {
      this.session = session;
    }

    /** {@return a name; called by Jackson} */
    public String getName() {
      session.log(Call.at(Level.INFO, "inner"));
      return "chatty";
    }
  }

  @Test
  void anArgumentThatLogsByTheSameLoggerIsStoredAndSoIsWhatItLogged() {
    Session session = start();
    session.log(Call.at(Level.INFO, "outer of {}", new Chatty(session)));
    session.stop();

    assertInnerAndOuter("outer of chatty", session);
  }

  @Test
  void aKeyValueThatLogsByTheSameLoggerIsStoredAndSoIsWhatItLogged() {
    Session session = start();
    session.log(Call.at(Level.INFO, "outer").keyValue("k", new ChattyGetter(session)));
    session.stop();

    assertInnerAndOuter("outer", session);
    assertThat(db.value("SELECT context->'k'->>'name' FROM " + logs() + " WHERE message = 'outer'"))
        .isEqualTo("chatty");
  }

  private void assertInnerAndOuter(String outer, Session session) {
    assertThat(db.query("SELECT message FROM " + logs() + " ORDER BY seq"))
        .isEqualTo(
            differs(Difference.NESTED_CALLS_REFUSED)
                ? List.of(List.of(outer))
                : List.of(List.of("inner"), List.of(outer)));
    assertBalanced(session);
    assertThat(session.counts().dropped()).isZero();
  }

  @Test
  void recursionWithoutEndEndsAndEachCallIsStoredOrCounted() {
    AtomicInteger calls = new AtomicInteger();
    Session session = start();
    Object endless =
        new Object() {
          @Override
          public String toString() {
            calls.incrementAndGet();
            session.log(Call.at(Level.INFO, "deeper {}", this));
            return "endless";
          }
        };
    session.log(Call.at(Level.INFO, "outermost {}", endless));
    session.log(Call.at(Level.INFO, "and on"));
    session.stop();

    assertThat(calls).hasValueBetween(1, 100);
    long rows = db.count("SELECT count(*) FROM " + logs() + " WHERE logger <> 'dev.howdah'");
    long reached = differs(Difference.NESTED_CALLS_REFUSED) ? 2 : 2 + calls.get();
    assertThat(rows + session.counts().lost("FAILED", "INFO")).isEqualTo(reached);
    assertThat(db.query("SELECT message FROM " + logs() + " WHERE logger <> 'dev.howdah'"))
        .contains(List.of("outermost endless"), List.of("and on"));
    assertBalanced(session);
  }

  @Test
  void whatHowdahsOwnThreadsLogIsNeitherStoredNorCounted() throws Exception {
    HowdahThreads before = HowdahThreads.now();
    Session session = start();
    Thread own =
        await()
            .until(
                () ->
                    HowdahThreads.now().threads().stream()
                        .filter(thread -> !before.threads().contains(thread))
                        .findFirst(),
                found -> found.isPresent())
            .orElseThrow();
    // As the pool's and the driver's threads: started by one of Howdah's, they are in its group.
    Thread theirs =
        new Thread(own.getThreadGroup(), () -> session.log(Call.at(Level.ERROR, "of Howdah")));
    theirs.start();
    theirs.join();
    session.log(Call.at(Level.INFO, "of the application"));
    session.stop();

    assertThat(db.query("SELECT message FROM " + logs()))
        .containsExactly(List.of("of the application"));
    assertThat(session.counts().logged()).isEqualTo(1);
  }
}
