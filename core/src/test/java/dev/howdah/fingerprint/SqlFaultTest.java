package dev.howdah.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.event.ThrowableInfo;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlFaultTest {

  private static String value(Throwable throwable) {
    ThrowableInfo live = ThrowableInfo.of(throwable, 10_000);
    return Fingerprinter.withDefaults().fingerprint(ErrorEvent.of(live)).value();
  }

  /** As a driver's, whose name text is told from. */
  private static final class PSQLException extends SQLException {
    private static final long serialVersionUID = 1L;

    PSQLException(String message, String state) {
      super(message, state);
    }
  }

  private static Throwable caller(Throwable throwable, String method) {
    throwable.setStackTrace(
        new StackTraceElement[] {new StackTraceElement("com.acme.Shop", method, "Shop.java", 1)});
    return throwable;
  }

  @Test
  void anOutageIsOneGroupHoweverEachLayerWordsIt() {
    SQLException refused = new SQLException("Connection refused", "08001");
    refused.initCause(new ConnectException("Connection refused"));
    List<Throwable> outage =
        List.of(
            caller(refused, "a"),
            caller(new SQLException("An I/O error occurred", "08006"), "b"),
            caller(new SQLException("This connection has been closed.", "08003"), "c"),
            caller(new SQLException("terminating connection", "57P01"), "d"),
            caller(new SQLException("the database system is starting up", "57P03"), "e"),
            caller(new SQLTransientConnectionException("HikariPool-1 - timed out"), "f"),
            caller(new IllegalStateException("no order", new SQLException("x", "08S01")), "g"));
    assertThat(outage).extracting(SqlFaultTest::value).containsOnly(value(outage.get(0)));
  }

  @Test
  void aStatementsFaultIsItsCallers() {
    assertThat(value(caller(new SQLException("a", "23505"), "place")))
        .isEqualTo(value(caller(new SQLException("b", "23505"), "place")))
        .isNotEqualTo(value(caller(new SQLException("a", "23505"), "pay")))
        .isNotEqualTo(value(caller(new SQLException("a", "40001"), "place")));
  }

  @Test
  void aFullServerIsOneGroupForEachReason() {
    assertThat(value(caller(new SQLException("too many clients", "53300"), "a")))
        .isEqualTo(value(caller(new SQLException("remaining slots", "53300"), "b")))
        .isNotEqualTo(value(caller(new SQLException("disk full", "53100"), "a")))
        .isNotEqualTo(value(caller(new SQLException("refused", "08001"), "a")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ERROR: duplicate key value violates unique constraint \"orders_pkey\" | 23505",
        "ERROR: null value in column \"total\" of relation \"orders\" violates not-null constraint | 23502",
        "ERROR: relation \"orders\" does not exist | 42P01",
        "ERROR: column \"totl\" of relation \"orders\" does not exist | 42703",
        "ERROR: deadlock detected | 40P01",
        "ERROR: could not serialize access due to concurrent update | 40001",
        "ERROR: canceling statement due to statement timeout | 57014",
        "ERROR: canceling statement due to lock timeout | 55P03",
        "ERROR: current transaction is aborted, commands ignored until end of block | 25P02",
        "FATAL: sorry, too many clients already | 53300",
        "FATAL: password authentication failed for user \"app\" | 28P01",
        "FATAL: database \"shop\" does not exist | 3D000",
        "FATAL: terminating connection due to administrator command | 57P01",
        "FATAL: the database system is starting up | 57P03",
        "Connection to localhost:5432 refused. Check that the hostname is right. | 08001",
        "This connection has been closed. | 08003",
        "An I/O error occurred while sending to the backend. | 08006",
        "The connection attempt failed. | 08001",
        "some vendor's words, SQLState: 42X01 | 42X01",
        "DB2 SQL Error: SQLCODE=-803, SQLSTATE=23505, SQLERRMC=1 | 23505",
      })
  void theWordsOfADriverTellItsState(String message, String state) {
    Throwable thrown = caller(new PSQLException(message, state), "place");
    StringBuilder text = new StringBuilder();
    ThrowableInfo.of(thrown, 1000).appendTo(text, 10_000);
    assertThat(Program.fingerprintOf(text.toString())).isEqualTo(value(thrown));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[57P01] terminating connection due to administrator command",
        "Cannot connect to db-1.acme.internal/10.0.0.7:5432",
      })
  void theReactiveDriverTellsAnOutageToo(String message) {
    String text = "io.r2dbc.postgresql.ExceptionFactory$PostgresqlException: " + message;
    assertThat(Program.fingerprintOf(text + "\n\tat com.acme.Shop.place(Shop.java:1)\n"))
        .isEqualTo(value(new SQLException("x", "08006")));
  }

  @Test
  void wordsOfOtherThrowablesTellNothing() {
    ThrowableInfo other =
        ThrowableInfo.of(new IllegalStateException("Communications link failure"), 100);
    assertThat(SqlFault.of(other)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "abc", "2350", "235055", "23-05", "  "})
  void whatIsNoStateCountsAsItsType(String state) {
    assertThat(SqlFault.of(ThrowableInfo.of(new SQLException("x", state), 100))).isNull();
  }

  @Test
  void aGetterThatFailsCostsTheStateAlone() {
    SQLException broken =
        new SQLException("x") {
          private static final long serialVersionUID = 1L;

          @Override
          public String getSQLState() {
            throw new IllegalStateException();
          }
        };
    ThrowableInfo info = ThrowableInfo.of(broken, 100);
    assertThat(info.sqlState()).isNull();
    assertThat(info.frames()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"column ", "function ", "SQLState ", "relation \"", "Connection to ", "a "})
  void aHostileTextIsReadInBoundedTime(String piece) {
    ThrowableInfo hostile =
        Objects.requireNonNull(
            ThrowableInfo.of(new PSQLException(piece.repeat(200_000), null), 10_000_000));
    assertThat(SqlFault.of(hostile)).isNull();
  }
}
