package dev.howdah.postgres;

/**
 * What came of folding.
 *
 * @param skipped whether another session was at it
 * @param groups how many groups were counted; where there were some there may be more
 */
record Folded(boolean skipped, int groups) {}
