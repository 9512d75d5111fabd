package dev.howdah.encode;

import dev.howdah.event.Level;
import dev.howdah.fingerprint.Fingerprint;

/**
 * One bug: how it is shown, how often it occurred in the batch that is open, and which occurrences
 * get a row of their own.
 *
 * <p>In each second the first so many do, then every second one, after as many again every fourth,
 * and so on: a storm of n occurrences makes about log n times as many rows. A row counts those that
 * follow it without one, so that weights add up to the exact count.
 */
final class ErrorGroup {

  private static final int NONE = -1;
  private static final int MAX_STRIDE_BITS = 20;
  private static final long SECOND = 1_000_000;

  private final long id;
  private final Fingerprint fingerprint;
  private final String exceptionType;
  private final Level level;
  private final String logger;
  private final long firstAtMicros;

  private long second = Long.MIN_VALUE;
  private int occurred;
  private int kept;
  private int next;

  private int weightAt = NONE;
  private int weight;
  private long count;
  private long first;
  private long last;

  /** When and in which epoch of the dictionary it was last introduced to the server. */
  long sentAtNanos;

  int sentEpoch = NONE;

  ErrorGroup(
      long id,
      Fingerprint fingerprint,
      String exceptionType,
      Level level,
      String logger,
      long firstAtMicros) {
    this.id = id;
    this.fingerprint = fingerprint;
    this.exceptionType = exceptionType;
    this.level = level;
    this.logger = logger;
    this.firstAtMicros = firstAtMicros;
  }

  long id() {
    return id;
  }

  Fingerprint fingerprint() {
    return fingerprint;
  }

  String exceptionType() {
    return exceptionType;
  }

  /** That of its first occurrence. */
  Level level() {
    return level;
  }

  /** That of its first occurrence. */
  String logger() {
    return logger;
  }

  long firstAtMicros() {
    return firstAtMicros;
  }

  /** Whether an occurrence gets a row; to be asked once for each. */
  boolean keeps(long atMicros, int perSecond) {
    long now = Math.floorDiv(atMicros, SECOND);
    if (now != second) {
      second = now;
      occurred = 0;
      kept = 0;
      next = 1;
    }
    occurred++;
    boolean isKept = occurred >= next || weightAt == NONE;
    if (isKept) {
      kept++;
      next = occurred + (1 << Math.min(MAX_STRIDE_BITS, kept / perSecond));
    }
    return isKept;
  }

  /** Notes the row of an occurrence: where in the batch its weight is. */
  void keptAt(int weightAt) {
    this.weightAt = weightAt;
    weight = 1;
  }

  /** Where the weight of the last row is. */
  int weightAt() {
    return weightAt;
  }

  /** Counts one that has no row: the new weight of the row before. */
  int heavier() {
    return ++weight;
  }

  /** Counts an occurrence; true when it is the first in the batch. */
  boolean count(long atMicros) {
    boolean isFirst = count++ == 0;
    first = isFirst ? atMicros : Math.min(first, atMicros);
    last = isFirst ? atMicros : Math.max(last, atMicros);
    return isFirst;
  }

  long count() {
    return count;
  }

  long first() {
    return first;
  }

  long last() {
    return last;
  }

  /** The batch is closed. */
  void startAgain() {
    weightAt = NONE;
    count = 0;
  }
}
