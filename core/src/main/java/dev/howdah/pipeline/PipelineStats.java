package dev.howdah.pipeline;

import dev.howdah.event.Level;
import dev.howdah.event.LossCause;
import java.util.List;

/**
 * What became of the events so far. When nothing is under way, {@code logged = written + dropped +
 * rejected + journaled + pending}; while events flow the parts are read one after the other.
 *
 * @param logged events that appenders offered, and the pipeline's own reports of losses
 * @param written rows known to be committed
 * @param dropped events lost, for whatever cause
 * @param rejected rows that PostgreSQL refused, kept in the rejects folder
 * @param journaled rows in the journal on disk that are not yet written
 * @param pending events in memory only: in the ring, in the open batch and in the queue
 * @param adopted rows of former starts of the service that were found in their journals and written
 *     now; not among the others
 * @param batches batches known to be committed
 * @param cut texts and contexts that were cut at their limit
 * @param replaced characters that PostgreSQL can't hold, replaced by U+FFFD
 * @param losses {@code dropped} and {@code rejected} by cause and level, those above zero only
 */
public record PipelineStats(
    long logged,
    long written,
    long dropped,
    long rejected,
    long journaled,
    long pending,
    long adopted,
    long batches,
    long cut,
    long replaced,
    List<Loss> losses) {

  /** Makes the list unmodifiable. */
  public PipelineStats {
    losses = List.copyOf(losses);
  }

  /**
   * Events of one level that were lost for one cause.
   *
   * @param cause why
   * @param level severity
   * @param events how many
   */
  public record Loss(LossCause cause, Level level, long events) {}

  /**
   * Gives the count of one cause and level.
   *
   * @param cause why
   * @param level severity
   * @return how many such events were lost
   */
  public long lost(LossCause cause, Level level) {
    for (Loss loss : losses) {
      if (loss.cause() == cause && loss.level() == level) {
        return loss.events();
      }
    }
    return 0;
  }
}
