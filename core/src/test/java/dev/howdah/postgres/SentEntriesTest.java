package dev.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.howdah.batch.Batch;
import dev.howdah.batch.ByteBuilder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What was sent is not sent again, and what was not is, whatever the texts look like. */
class SentEntriesTest {

  private static final String STACK =
      "{\"id\":\"83431e79-074e-30e4-2645-41d3ebcd9659\",\"text\":\"java.lang.Error\\n\\tat X.y\"}";

  private final SentEntries sent = new SentEntries();

  private static Batch batch(String[] sites, String... stacks) {
    Batch batch = new Batch();
    put(batch.sites(), sites);
    put(batch.stacks(), stacks);
    return batch;
  }

  private static void put(ByteBuilder section, String... entries) {
    byte[] json = String.join(",", entries).getBytes(StandardCharsets.UTF_8);
    section.putBytes(json);
  }

  private static String[] sites(String... entries) {
    return entries;
  }

  private static String site(long id, String logger) {
    ByteBuilder json = new ByteBuilder(100);
    json.putAscii("{\"id\":" + id + ",\"logger\":");
    json.putJsonString(logger, logger.length());
    json.put('}');
    return new String(json.array(), 0, json.length(), StandardCharsets.UTF_8);
  }

  @Test
  void nothingToSendIsEmpty() {
    assertThat(sent.missing(new Batch())).isEmpty();
    sent.add(new Batch());
    assertThat(sent.missing(new Batch())).isEmpty();
  }

  @Test
  void aBatchsEntriesAreMissingUntilTheyWereAdded() {
    Batch batch = batch(sites(site(1, "shop.A"), site(-2, "shop.B")), STACK);

    assertThat(sent.missing(batch))
        .isEqualTo(
            "{\"sites\":["
                + site(1, "shop.A")
                + ","
                + site(-2, "shop.B")
                + "],\"stacks\":["
                + STACK
                + "]}")
        .isEqualTo(sent.missing(batch));
    sent.add(batch);
    assertThat(sent.missing(batch)).isEmpty();
  }

  @Test
  void onlyTheNewOnesAreMissing() {
    sent.add(batch(sites(site(1, "shop.A"), site(3, "shop.C"))));

    assertThat(
            sent.missing(
                batch(
                    sites(site(1, "shop.A"), site(12, "shop.B"), site(3, "shop.C"), site(4, "D")))))
        .isEqualTo("{\"sites\":[" + site(12, "shop.B") + "," + site(4, "D") + "],\"stacks\":[]}");
    assertThat(sent.missing(batch(sites(site(1, "shop.A")), STACK)))
        .isEqualTo("{\"sites\":[],\"stacks\":[" + STACK + "]}");
  }

  @Test
  void textsThatLookLikeEntriesAreNone() {
    String hostile = "},{\"id\":7,\"logger\":\"x\"},{\"id\":\\";
    sent.add(batch(sites(site(1, hostile))));

    assertThat(sent.missing(batch(sites(site(1, hostile))))).isEmpty();
    assertThat(sent.missing(batch(sites(site(7, hostile), site(1, hostile)))))
        .isEqualTo("{\"sites\":[" + site(7, hostile) + "],\"stacks\":[]}");
  }

  @Test
  void whatIsForgottenIsMissingAgain() {
    Batch batch = batch(sites(site(1, "shop.A")), STACK);
    sent.add(batch);

    sent.forget();

    assertThat(sent.missing(batch)).contains(site(1, "shop.A"), STACK);
  }
}
