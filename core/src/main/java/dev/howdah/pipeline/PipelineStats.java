package dev.howdah.pipeline;

/**
 * What became of the events so far. When nothing is under way, {@code logged = written + dropped +
 * rejected + pending}; while events flow the parts are read one after the other.
 *
 * @param logged events that appenders offered, and the pipeline's own reports of losses
 * @param written rows known to be committed
 * @param dropped events lost, for whatever cause
 * @param rejected rows that PostgreSQL refused, kept in the rejects folder
 * @param pending events in the ring, in the open batch and in the queue
 * @param batches batches known to be committed
 */
public record PipelineStats(
    long logged, long written, long dropped, long rejected, long pending, long batches) {}
