package dev.howdah;

/**
 * Figures of all errors in the database.
 *
 * @param unresolved issues that nobody has decided about
 * @param resolved issues that are mended
 * @param ignored issues that nobody need hear of
 * @param regressed those of the unresolved that had been resolved before
 * @param occurrences how often they happened, exactly
 * @param occurrencesOfLastDay how often in the last 24 hours
 */
public record ErrorStats(
    long unresolved,
    long resolved,
    long ignored,
    long regressed,
    long occurrences,
    long occurrencesOfLastDay) {}
