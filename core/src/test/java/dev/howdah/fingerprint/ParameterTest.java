package dev.howdah.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterTest {

  private final MessageParameterizer everything = MessageParameterizer.ofEverything();

  @ParameterizedTest
  @EnumSource(Parameter.class)
  void makesOfItsExampleWhatTheTableSays(Parameter parameter) {
    assertThat(everything.parameterize(parameter.before())).isEqualTo(parameter.after());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "payment failed",
        "Cannot invoke a method: it's null, isn't it?",
        "java.io.IOException in com.acme.OrderService",
        "and/or either/or",
        "beefed up facade, deadbeat",
        "a - b + c = d; x::y",
      })
  void leavesOrdinaryWordsAlone(String message) {
    assertThat(everything.parameterize(message)).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "user 1 not found | user 982734 not found",
        "user bob@acme.com is locked | user x.y+z@mail.example.co.uk is locked",
        "Connection to db-1:5432 refused | Connection to db-22.eu-west-1.acme.internal:5432 refused",
        "read timed out after 3s | read timed out after 12 min",
        "unknown key 'a' | unknown key 'something else'",
        "no file /tmp/a | no file /var/lib/x/y-1.txt",
        "at 2026-11-25 21:38:29,123 | at 2025-01-01T00:00:00+01:00",
        "at Wed Nov 25 21:38:29 UTC 2026 | at Thu Jan 01 00:00:00 CET 1970",
        "lock 0xdeadbeef | lock 0x1",
        "node-3 is down | node-42 is down",
        "peer /10.0.0.1:5432 reset | peer db.acme.com/192.168.7.21:40000 reset",
        "balance -5 | balance 12.50",
        "session 9f86d081884c7d65 | session 0a1b2c3d4e5f60718293a4b5c6d7e8f9",
        "order 6f1c2f0e-9a3b-4c1d-8e2f-0123456789ab | order 00000000-0000-4000-8000-000000000000",
      })
  void twoMessagesOfOneErrorAreOne(String one, String other) {
    assertThat(everything.parameterize(one)).isEqualTo(everything.parameterize(other));
  }

  @Test
  void aTitleKeepsWhatIsInQuotesAndPaths() {
    assertThat(
            MessageParameterizer.ofTitles()
                .parameterize("Cannot read \"id\" of /etc/app.conf for user 42"))
        .isEqualTo("Cannot read \"id\" of /etc/app.conf for user <number>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a", "1", "1.", "a.", "a-", "a1", "1:", ":", "/a", "/", "'", "\"", "a@", "a@b.", "ab:",
        "P1", "1 ", "0x", "f", "f1", "_-", "C:\\", "a://", "::1", "<", "127.0.", "Mon, A", "`", "~/"
      })
  void readsAHostileMessageNoOftenerThanItsLengthAllows(String piece) {
    String message = piece.repeat(20_000 / piece.length());
    for (Parameter parameter : List.of(Parameter.values())) {
      assertThat(CountedText.reads(Pattern.compile(parameter.pattern()), message))
          .as("%s on %s", parameter, piece)
          .isLessThan(1000L * message.length());
    }
  }
}
