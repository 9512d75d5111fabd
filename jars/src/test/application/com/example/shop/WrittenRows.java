package com.example.shop;

import dev.howdah.event.LossCause;
import dev.howdah.event.PipelineListener;

/** Hears of each batch; {@code logback.xml} names this class. */
public final class WrittenRows implements PipelineListener {

  @Override
  public void batchWritten(int rows, int bytes, long nanos) {
    System.out.println("written: " + rows);
  }
}
