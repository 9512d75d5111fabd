package dev.howdah.examples.shop;

import dev.howdah.pipeline.PipelineStats;

/** What the demo asks the framework's appender while it logs, and after its end. */
public interface Logging {

  /** Writes what still waits, and ends. */
  void stop();

  /** {@return what became of the events so far} */
  PipelineStats stats();

  /** {@return the number under which the appender writes} */
  long instanceId();
}
