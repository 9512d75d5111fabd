package dev.howdah.postgres;

/**
 * What one run of {@link Maintenance} did.
 *
 * @param partitionsCreated partitions made in advance
 * @param partitionsDropped partitions past their retention
 * @param straysMoved rows moved from a default partition to their day's
 * @param straysDeleted rows of a default partition past their retention
 * @param dictionaryRowsRemoved dictionary rows that nothing refers to any more
 * @param skipped whether another session was at it, so that this one did nothing
 */
public record MaintenanceReport(
    int partitionsCreated,
    int partitionsDropped,
    long straysMoved,
    long straysDeleted,
    long dictionaryRowsRemoved,
    boolean skipped) {}
