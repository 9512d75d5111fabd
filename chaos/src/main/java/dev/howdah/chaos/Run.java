package dev.howdah.chaos;

import java.util.Random;

/**
 * How a scenario is run.
 *
 * @param quick whether to do the short form: the same mischief, fewer rounds, seconds in all
 * @param seed of its random numbers; the same seed chooses the same moments, as far as threads and
 *     servers let it
 */
record Run(boolean quick, long seed) {

  /** The random numbers of a part that runs beside others; each call starts them anew. */
  Random random(int part) {
    return new Random(seed + part);
  }

  /** One number for each form. */
  int rounds(int full, int quickly) {
    return quick ? quickly : full;
  }
}
