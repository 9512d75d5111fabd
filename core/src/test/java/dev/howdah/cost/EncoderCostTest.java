package dev.howdah.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.howdah.batch.Batch;
import dev.howdah.batch.Ledger;
import dev.howdah.encode.ErrorOptions;
import dev.howdah.encode.Redaction;
import dev.howdah.encode.RowEncoder;
import dev.howdah.encode.TextLimits;
import dev.howdah.event.Level;
import dev.howdah.event.PipelineListener;
import dev.howdah.event.ProblemReporter;
import dev.howdah.fingerprint.Fingerprinter;
import dev.howdah.journal.BatchQueue;
import dev.howdah.pipeline.EventPipeline;
import dev.howdah.pipeline.OverloadPolicy;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the encoder's thread allocates for an event, in steady state. */
class EncoderCostTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The batch, its buffers and what is said once for it, spread over its events. */
  private static final long ALLOWED = 8;

  /** Classes are loaded and buffers grow in the first ones. */
  private static final int ROUNDS = 5;

  private static final int EVENTS = 4_000;

  private final FixedEvents events = new FixedEvents();
  private final Ledger ledger = new Ledger();
  private final ProblemReporter nobody = new ProblemReporter(new PipelineListener() {});
  private final BatchQueue queue = new BatchQueue(4, null, false, nobody);

  private EventPipeline pipeline() {
    return new EventPipeline(
        new EventPipeline.Options(8192, OverloadPolicy.BLOCK, 60_000, 16 << 20, 1 << 20, 60_000),
        new RowEncoder(
            1,
            new TextLimits(65_536, 65_536, 131_072),
            new Redaction(List.of("password", "token"), List.of()),
            List.of("trace_id"),
            List.of("span_id"),
            new ErrorOptions(Fingerprinter.withDefaults(), "test", null, Level.ERROR, 100),
            ledger),
        queue,
        ledger,
        nobody);
  }

  @Test
  void theEncoderAllocatesAlmostNothingForAnEvent() throws Exception {
    EventPipeline pipeline = pipeline();
    Set<Long> others = encoders();
    pipeline.start();
    Set<Long> own = encoders();
    own.removeAll(others);
    long encoder = own.iterator().next();

    // What the source allocates: nothing here is left to the compiler, which may never remove it in
    // a JVM where other tests have run.
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = THREADS.getThreadAllocatedBytes(encoder);
      encode(pipeline);
      least = Math.min(least, (THREADS.getThreadAllocatedBytes(encoder) - before) / EVENTS);
    }
    assertThat(pipeline.close(TimeUnit.SECONDS.toNanos(10))).isTrue();

    assertThat(least)
        .as("bytes allocated per event: measured %d, allowed %d", least, ALLOWED)
        .isLessThanOrEqualTo(ALLOWED);
  }

  private void encode(EventPipeline pipeline) throws Exception {
    events.log(pipeline, EVENTS);
    pipeline.flush(0);
    for (int rows = 0; rows < EVENTS; ) {
      Batch batch = queue.peek(TimeUnit.SECONDS.toNanos(10));
      assertThat(batch).isNotNull();
      rows += batch.count();
      queue.remove();
    }
  }

  private static Set<Long> encoders() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("howdah-encoder"))
        .map(Thread::getId)
        .collect(Collectors.toSet());
  }
}
