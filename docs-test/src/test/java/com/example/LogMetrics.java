package com.example;

import dev.howdah.event.Level;
import dev.howdah.event.LossCause;
import dev.howdah.event.PipelineListener;
import java.util.concurrent.atomic.LongAdder;

/** Counts for a dashboard; Micrometer's counters go here as well. */
public class LogMetrics implements PipelineListener {

  static final LongAdder WRITTEN = new LongAdder();
  static final LongAdder LOST = new LongAdder();

  @Override
  public void batchWritten(int rows, int bytes, long nanos) {
    WRITTEN.add(rows);
  }

  @Override
  public void lost(LossCause cause, Level level, long count) {
    LOST.add(count);
  }
}
