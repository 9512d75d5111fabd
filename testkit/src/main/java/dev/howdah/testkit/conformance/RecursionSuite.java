package dev.howdah.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.testkit.TestDatabase;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
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

    boolean refused =
        differs(Difference.NESTED_CALLS_REFUSED) && !differs(Difference.ARGUMENTS_FORMATTED_BEFORE);
    assertInnerAndOuter(refused, "outer of chatty", session);
  }

  @Test
  void aKeyValueThatLogsByTheSameLoggerIsStoredAndSoIsWhatItLogged() {
    Session session = start();
    session.log(Call.at(Level.INFO, "outer").keyValue("k", new ChattyGetter(session)));
    session.stop();

    assertInnerAndOuter(differs(Difference.NESTED_CALLS_REFUSED), "outer", session);
    assertThat(db.value("SELECT context->'k'->>'name' FROM " + logs() + " WHERE message = 'outer'"))
        .isEqualTo("chatty");
  }

  private void assertInnerAndOuter(boolean refused, String outer, Session session) {
    assertThat(db.query("SELECT message FROM " + logs() + " ORDER BY seq"))
        .isEqualTo(refused ? List.of(List.of(outer)) : List.of(List.of("inner"), List.of(outer)));
    assertBalanced(session);
    assertThat(session.counts().dropped()).isZero();
  }

  /** Logs itself whenever it is turned into text, so many times at most. */
  private static final class Endless {
    private final AtomicInteger calls = new AtomicInteger();
    private final Session session;
    private final int maxCalls;
    private final Function<Endless, Call> next;

    Endless(Session session, int maxCalls, Function<Endless, Call> next) {
      this.session = session;
      this.maxCalls = maxCalls;
      this.next = next;
    }

    @Override
    public String toString() {
      if (calls.get() < maxCalls) {
        calls.incrementAndGet();
        session.log(next.apply(this));
      }
      return "endless";
    }
  }

  /**
   * Where arguments are formatted before, Howdah sees no nesting, and nothing but the stack would
   * end it. The framework does not survive that: an overflow within Log4j2's own bookkeeping of
   * calls under way lets its stop() wait for ever for one that is long gone.
   */
  @Test
  void recursionWithoutEndThroughArgumentsEnds() {
    boolean formattedBefore = differs(Difference.ARGUMENTS_FORMATTED_BEFORE);
    Session session = start();
    Endless endless =
        new Endless(
            session,
            formattedBefore ? 100 : Integer.MAX_VALUE,
            self -> Call.at(Level.INFO, "deeper {}", self));
    session.log(Call.at(Level.INFO, "outermost {}", endless));
    session.log(Call.at(Level.INFO, "and on"));
    session.stop();

    assertThat(endless.calls).hasValueBetween(1, 100);
    assertThat(stored() + session.counts().lost("FAILED", "INFO"))
        .isEqualTo(2 + endless.calls.get());
    assertTheApplicationGoesOn(session, "outermost endless");
  }

  @Test
  void recursionWithoutEndThroughKeyValuesEnds() {
    Session session = start();
    Endless endless =
        new Endless(
            session, Integer.MAX_VALUE, self -> Call.at(Level.INFO, "deeper").keyValue("k", self));
    session.log(Call.at(Level.INFO, "outermost").keyValue("k", endless));
    session.log(Call.at(Level.INFO, "and on"));
    session.stop();

    assertThat(endless.calls).hasValueBetween(1, 100);
    assertThat(stored() + session.counts().lost("FAILED", "INFO"))
        .isEqualTo(differs(Difference.NESTED_CALLS_REFUSED) ? 2 : 2 + endless.calls.get());
    assertTheApplicationGoesOn(session, "outermost");
  }

  private long stored() {
    return db.count("SELECT count(*) FROM " + logs() + " WHERE logger <> 'dev.howdah'");
  }

  private void assertTheApplicationGoesOn(Session session, String outermost) {
    assertThat(db.query("SELECT message FROM " + logs() + " WHERE logger <> 'dev.howdah'"))
        .contains(List.of(outermost), List.of("and on"));
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
