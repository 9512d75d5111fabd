package dev.howdah.batch;

import dev.howdah.event.Level;
import java.util.Arrays;

/**
 * Rows for one transaction: bytes in COPY BINARY's format without its header and trailer, where
 * each row starts, and the dictionary entries that these rows are the first to use. Of errors
 * likewise: occurrences, the groups that they are the first of, and how often each group occurred.
 *
 * <p>Filled by the encoder, sent by the writer, then used again. Not thread-safe: the queue hands
 * it from one thread to the next.
 */
public final class Batch {

  private final ByteBuilder rows = new ByteBuilder(64 * 1024);
  private final ByteBuilder sites = new ByteBuilder(1024);
  private final ByteBuilder stacks = new ByteBuilder(1024);
  private final ByteBuilder occurrences = new ByteBuilder(1024);
  private final ByteBuilder groups = new ByteBuilder(256);
  private final ByteBuilder counts = new ByteBuilder(256);
  private final int[] countByLevel = new int[Level.values().length];
  private int[] offsets = new int[512];
  private byte[] levels = new byte[512];
  private int[] occurrenceOffsets = new int[16];
  private int occurrenceCount;
  private int count;
  private long number;
  private boolean journaled;

  /** {@return the rows' bytes; the encoder appends here} */
  public ByteBuilder rows() {
    return rows;
  }

  /** {@return JSON objects of call sites, separated by commas} */
  public ByteBuilder sites() {
    return sites;
  }

  /** {@return JSON objects of stack traces, separated by commas} */
  public ByteBuilder stacks() {
    return stacks;
  }

  /** {@return the occurrences' bytes; the encoder appends here} */
  public ByteBuilder occurrences() {
    return occurrences;
  }

  /** {@return JSON objects of groups of errors, separated by commas} */
  public ByteBuilder groups() {
    return groups;
  }

  /** {@return JSON objects with the count of each group's occurrences, separated by commas} */
  public ByteBuilder counts() {
    return counts;
  }

  /**
   * Notes that an occurrence is complete.
   *
   * @param start where it starts in {@link #occurrences()}
   */
  public void occurrenceAdded(int start) {
    if (occurrenceCount == occurrenceOffsets.length) {
      occurrenceOffsets = Arrays.copyOf(occurrenceOffsets, 2 * occurrenceCount);
    }
    occurrenceOffsets[occurrenceCount++] = start;
  }

  /**
   * Takes back what was added since.
   *
   * @param count number of occurrences then
   * @param length length of {@link #occurrences()} then
   */
  public void truncateOccurrences(int count, int length) {
    occurrences.truncate(length);
    occurrenceCount = count;
  }

  /** {@return number of occurrences} */
  public int occurrenceCount() {
    return occurrenceCount;
  }

  /**
   * Gives where it starts.
   *
   * @param occurrence index of one, or {@link #occurrenceCount()} for the end of the last
   * @return where it starts
   */
  public int occurrenceOffset(int occurrence) {
    return occurrence == occurrenceCount ? occurrences.length() : occurrenceOffsets[occurrence];
  }

  /**
   * Notes that a row is complete.
   *
   * @param start where it starts in {@link #rows()}
   * @param level its level
   */
  public void rowAdded(int start, Level level) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * count);
      levels = Arrays.copyOf(levels, 2 * count);
    }
    offsets[count] = start;
    levels[count++] = (byte) level.ordinal();
    countByLevel[level.ordinal()]++;
  }

  /** {@return number of rows} */
  public int count() {
    return count;
  }

  /**
   * Gives number of rows of it.
   *
   * @param level a level
   * @return number of rows of it
   */
  public int count(Level level) {
    return countByLevel[level.ordinal()];
  }

  /** {@return bytes of rows, occurrences and dictionary} */
  public int bytes() {
    return rows.length()
        + sites.length()
        + stacks.length()
        + occurrences.length()
        + groups.length()
        + counts.length();
  }

  /** {@return characters replaced in this object's texts since it was made} */
  public long replaced() {
    return rows.replaced()
        + sites.replaced()
        + stacks.replaced()
        + occurrences.replaced()
        + groups.replaced();
  }

  /**
   * Gives where it starts.
   *
   * @param row index of a row, or {@link #count()} for the end of the last
   * @return where it starts
   */
  public int offset(int row) {
    return row == count ? rows.length() : offsets[row];
  }

  /**
   * Gives its level.
   *
   * @param row index of a row
   * @return its level
   */
  public Level level(int row) {
    return Level.values()[levels[row]];
  }

  /** {@return each row's {@link Level#ordinal()}; valid up to {@link #count()}} */
  public byte[] levels() {
    return levels;
  }

  /** {@return the number that makes this batch once-only, from 1, without gaps for one instance} */
  public long number() {
    return number;
  }

  /**
   * @param number the batch's number
   */
  public void number(long number) {
    this.number = number;
  }

  /** {@return whether the journal on disk has it} */
  public boolean isJournaled() {
    return journaled;
  }

  /** Notes that the journal on disk has it. */
  public void journaled() {
    journaled = true;
  }

  /** Empties the batch for its next use; the buffers stay. */
  public void clear() {
    rows.truncate(0);
    sites.truncate(0);
    stacks.truncate(0);
    occurrences.truncate(0);
    groups.truncate(0);
    counts.truncate(0);
    occurrenceCount = 0;
    Arrays.fill(countByLevel, 0);
    count = 0;
    number = 0;
    journaled = false;
  }
}
