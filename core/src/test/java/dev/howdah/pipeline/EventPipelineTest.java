package dev.howdah.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.howdah.batch.Batch;
import dev.howdah.batch.Ledger;
import dev.howdah.event.Level;
import dev.howdah.event.LogEventSlot;
import dev.howdah.event.LossCause;
import dev.howdah.event.PipelineListener;
import dev.howdah.event.ProblemReporter;
import dev.howdah.journal.BatchQueue;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From slots to closed batches; the tests of the appenders go on from there to the database. */
class EventPipelineTest {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Ledger ledger = new Ledger();
  private final BatchQueue queue =
      new BatchQueue(4, null, false, new ProblemReporter(new PipelineListener() {}));
  private EventPipeline pipeline = pipeline(10);

  private EventPipeline pipeline(long flushMillis) {
    return pipeline(64, flushMillis);
  }

  private EventPipeline pipeline(int ringSize, long flushMillis) {
    return new EventPipeline(
        new EventPipeline.Options(
            ringSize, OverloadPolicy.DROP, 0, 1 << 20, 16 * 1024, flushMillis),
        PlainRows.encoder(ledger),
        queue,
        ledger,
        new ProblemReporter(new PipelineListener() {}));
  }

  @AfterEach
  void close() throws InterruptedException {
    assertThat(pipeline.close(10 * SECOND)).isTrue();
  }

  private void event(Level level, Consumer<LogEventSlot> filling) {
    long sequence = pipeline.claim(level, 100);
    assertThat(sequence).isNotEqualTo(EventPipeline.REFUSED);
    LogEventSlot slot = pipeline.slot(sequence);
    slot.head(level, 0, "logger", "thread");
    filling.accept(slot);
    pipeline.publish(sequence);
  }

  private void offer(String message) {
    long sequence = pipeline.claim(Level.INFO, 2L * message.length());
    if (sequence != EventPipeline.REFUSED) {
      LogEventSlot slot = pipeline.slot(sequence);
      slot.head(Level.INFO, 0, "logger", "thread");
      slot.message(message, null);
      slot.filled();
      pipeline.publish(sequence);
    }
  }

  private int rowsOfTheNextBatch() throws Exception {
    Batch batch = queue.peek(10 * SECOND);
    assertThat(batch).isNotNull();
    int rows = batch.count();
    ledger.written(rows);
    queue.remove();
    return rows;
  }

  @Test
  void anEventThatCannotBeEncodedCostsItselfOnly() throws Exception {
    Map<String, String> broken =
        new AbstractMap<>() {
          @Override
          public boolean isEmpty() {
            return false;
          }

          @Override
          public Set<Entry<String, String>> entrySet() {
            throw new OutOfMemoryError("of a test");
          }
        };
    event(Level.INFO, LogEventSlot::filled);
    event(
        Level.ERROR,
        slot -> {
          slot.message("broken", null);
          slot.contextMap(broken);
          slot.filled();
        });
    event(Level.INFO, LogEventSlot::filled);
    pipeline.start();

    assertThat(rowsOfTheNextBatch()).isEqualTo(2);
    assertThat(pipeline.stats().losses())
        .containsExactly(new PipelineStats.Loss(LossCause.FAILED, Level.ERROR, 1));
  }

  @Test
  void aSlotThatWasNeverFilledIsCountedUnderItsLevel() {
    event(Level.WARN, slot -> {});
    pipeline.start();
    await().until(() -> pipeline.stats().lost(LossCause.FAILED, Level.WARN) == 1);
  }

  @Test
  void aThreadThatPublishesAfterTheEndCountsItsOwnEvent() throws Exception {
    pipeline.start();
    CountDownLatch claimed = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Thread late =
        new Thread(
            () ->
                event(
                    Level.ERROR,
                    slot -> {
                      claimed.countDown();
                      await().until(() -> ended.getCount() == 0);
                      slot.filled();
                    }));
    late.start();
    claimed.await();
    assertThat(pipeline.close(10 * SECOND)).isTrue();
    assertThat(pipeline.stats().pending()).isEqualTo(1);
    ended.countDown();
    late.join();

    assertThat(pipeline.stats().pending()).isZero();
    assertThat(pipeline.stats().lost(LossCause.SHUTDOWN, Level.ERROR)).isEqualTo(1);
    assertThat(pipeline.claim(Level.ERROR, 1)).isEqualTo(EventPipeline.REFUSED);
  }

  private static boolean queueIsFull() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().startsWith("howdah-encoder"))
        .flatMap(thread -> Arrays.stream(thread.getValue()))
        .anyMatch(frame -> frame.getMethodName().equals("borrow"));
  }

  @Test
  void aFullPipelineThatIsClosedCountsWhatItGivesUp() throws Exception {
    pipeline.start();
    await()
        .until(
            () -> {
              for (int i = 0; i < 200; i++) {
                offer("x".repeat(1000));
              }
              return queueIsFull();
            });
    pipeline.close(1);

    PipelineStats stats = pipeline.stats();
    assertThat(stats.pending()).isEqualTo(queue.memoryRows());
    assertThat(stats.lost(LossCause.FULL, Level.INFO)).isPositive();
    assertThat(stats.lost(LossCause.SHUTDOWN, Level.INFO)).isPositive();
    assertThat(stats.logged()).isEqualTo(stats.dropped() + stats.pending());
  }

  /** An event whose context can't be read before somebody allows it. */
  private void stubbornEvent(CountDownLatch reached, CountDownLatch allowed) {
    event(
        Level.INFO,
        slot -> {
          slot.contextMap(
              new HashMap<>(Map.of("key", "value")) {
                @Override
                public void forEach(BiConsumer<? super String, ? super String> action) {
                  reached.countDown();
                  await().until(() -> allowed.getCount() == 0);
                }
              });
          slot.filled();
        });
  }

  @Test
  void placesAreFreeAgainInTheMiddleOfARound() throws Exception {
    pipeline = pipeline(1024, 10);
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch allowed = new CountDownLatch(1);
    for (int i = 0; i < 200; i++) {
      offer("before");
    }
    stubbornEvent(reached, allowed);
    for (int i = 201; i < 1024; i++) {
      offer("after");
    }
    assertThat(pipeline.claim(Level.INFO, 1)).as("full").isEqualTo(EventPipeline.REFUSED);
    pipeline.start();
    reached.await();
    long logged = pipeline.stats().logged();
    for (int i = 0; i < 200; i++) {
      offer("into a place that is free again");
    }
    PipelineStats stats = pipeline.stats();
    allowed.countDown();
    pipeline.close(1); // Nobody takes the batches.
    assertThat(stats.logged() - logged).isEqualTo(200);
    assertThat(stats.lost(LossCause.FULL, Level.INFO)).as("of 3 times 64").isEqualTo(1 + 200 - 192);
  }

  @Test
  void aFlushEndsWhenWhatWasLoggedBeforeIsOutOfTheQueue() throws Exception {
    pipeline = pipeline(TimeUnit.HOURS.toMillis(1));
    pipeline.start();
    offer("before");
    assertThat(pipeline.flush(1)).as("nobody has taken the batch").isFalse();

    // No age would have closed this batch: the flush did.
    assertThat(rowsOfTheNextBatch()).isEqualTo(1);
    offer("after");
    assertThat(pipeline.flush(0)).as("the later one is pending").isFalse();
    assertThat(rowsOfTheNextBatch()).isEqualTo(1);
    assertThat(pipeline.flush(10 * SECOND)).isTrue();
  }

  @Test
  void aTextThatIsCopiedIsAsItWasThen() throws Exception {
    StringBuilder buffer = new StringBuilder("as it was");
    event(
        Level.INFO,
        slot -> {
          slot.copyMessage(buffer, buffer.length(), null);
          slot.filled();
          buffer.setLength(0);
          buffer.append("something else");
          assertThat(slot.message()).hasToString("as it was");
          slot.clear();
          assertThat(slot.message()).isNull();
          slot.copyMessage(buffer, 4, "{}");
          assertThat(slot.message()).hasToString("some");
          slot.filled();
        });
    pipeline.start();
    assertThat(rowsOfTheNextBatch()).isEqualTo(1);
  }
}
