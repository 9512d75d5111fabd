package dev.howdah.postgres;

import dev.howdah.journal.JournalOwner;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who writes: one row of the table {@code instances}.
 *
 * @param id random, so that nobody has to ask the database for one
 * @param service name of the application
 * @param environment such as production, or null
 * @param release version of the application, or null
 * @param host name of the machine; null: looked up when it is needed
 * @param pid process id
 * @param startedAt when this instance started
 */
public record Instance(
    long id,
    String service,
    @Nullable String environment,
    @Nullable String release,
    HostName host,
    long pid,
    Instant startedAt) {

  /**
   * Whose journal it is.
   *
   * @param owner what the journal says
   * @return the instance that wrote it
   */
  public static Instance of(JournalOwner owner) {
    return new Instance(
        owner.instanceId(),
        owner.service(),
        owner.environment(),
        owner.release(),
        HostName.of(owner.host()),
        owner.pid(),
        owner.startedAt());
  }

  /** {@return what its journal says of it} */
  public JournalOwner owner() {
    return new JournalOwner(id, service, environment, release, host.known(), pid, startedAt);
  }
}
