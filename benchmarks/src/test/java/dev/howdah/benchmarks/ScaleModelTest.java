package dev.howdah.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.howdah.benchmarks.ScaleModel.Costs;
import dev.howdah.benchmarks.ScaleModel.Fleet;
import dev.howdah.benchmarks.ScaleModel.Resource;
import dev.howdah.benchmarks.ScaleModel.Server;
import org.junit.jupiter.api.Test;

/** Cases that were computed by hand. */
class ScaleModelTest {

  private static final ScaleModel MODEL =
      new ScaleModel(new Costs(0.001, 0.000_01, 500, 300, 2, 4_000_000, 0.005));

  @Test
  void aBatchIsOpenForTheFlushIntervalAndTheNextOneWaitsForAnEvent() {
    // 0.25 s open, 0.25 s until the next event: two a second, each with two events.
    assertThat(new Fleet(1, 4, 0.25, false).batchesPerSecond()).isEqualTo(2);
    assertThat(new Fleet(1000, 4, 0.25, false).batchesPerSecond()).isEqualTo(2000);
    assertThat(new Fleet(1, 1e9, 0.25, false).batchesPerSecond()).isCloseTo(4, within(1e-6));
  }

  @Test
  void whatIsTakenIsThatOfBatchesAndOfEvents() {
    var load = MODEL.load(new Fleet(100, 4, 0.25, false));

    // 200 batches and 400 events a second.
    assertThat(load.get(Resource.CPU)).isCloseTo(0.204, within(1e-9));
    assertThat(load.get(Resource.WAL)).isEqualTo(220_000);
    assertThat(load.get(Resource.CONNECTIONS)).isEqualTo(200);
    assertThat(load.get(Resource.MEMORY)).isEqualTo(800_000_000);
    assertThat(load.get(Resource.TRANSACTION_IDS)).isEqualTo(200);
  }

  @Test
  void behindAPoolerOnlyThoseInATransactionHaveAConnection() {
    var load = MODEL.load(new Fleet(100, 4, 0.25, true));

    // 200 a second, 5 ms each.
    assertThat(load.get(Resource.CONNECTIONS)).isEqualTo(1);
    assertThat(load.get(Resource.MEMORY)).isEqualTo(4_000_000);
  }

  @Test
  void theServerEndsWithItsScarcestResource() {
    Server server = new Server(10, 500, 1e12, 1e9, 1e6);

    Fleet direct = new Fleet(1, 4, 0.25, false);
    assertThat(MODEL.scarcest(direct, server)).isEqualTo(Resource.CONNECTIONS);
    assertThat(MODEL.largest(direct, server)).isEqualTo(250);

    // 2.04 ms of a processor each second.
    Fleet pooled = new Fleet(1, 4, 0.25, true);
    assertThat(MODEL.scarcest(pooled, server)).isEqualTo(Resource.CPU);
    assertThat(MODEL.largest(pooled, server)).isEqualTo(4901);
  }

  @Test
  void twoPointsGiveWhatAnEventCosts() {
    assertThat(Costs.perEvent(1, 510, 101, 3510)).isEqualTo(30);
  }
}
