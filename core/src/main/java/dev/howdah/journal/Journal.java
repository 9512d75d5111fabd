package dev.howdah.journal;

import dev.howdah.batch.Batch;
import dev.howdah.batch.Ledger;
import dev.howdah.event.Level;
import dev.howdah.event.LossCause;
import dev.howdah.event.ProblemReporter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The batches of this start that are on disk: first in, first out, in a folder of its own.
 *
 * <p>What {@link #append} has returned from survives the end of this process, and with {@code
 * fsync=batch} that of the machine; a later start of the same service, or the command line, sends
 * it. It is written at most once even so, since its number says whether the database has it. A
 * frame that can't be read costs itself only, and is counted by level.
 *
 * <p>One thread appends, another reads ({@link #next}, {@link #confirm}, {@link #rewind}); any may
 * ask for {@link #rows()}. No lock is held while a disk works, but for deleting files.
 */
public final class Journal {

  /**
   * How a journal is set up.
   *
   * @param segmentBytes size of a segment
   * @param maxBytes most that all journals of the service may take together
   * @param dropOldest whether the oldest make room when that is reached, or new ones are refused
   * @param force whether each frame is forced to the disk before {@link #append} returns
   * @param keptBytes most that segments may take whose batches are all sent; 0: none are kept
   */
  public record Options(
      long segmentBytes, long maxBytes, boolean dropOldest, boolean force, long keptBytes) {}

  private static final int MAX_READ_FAILURES = 10;
  private static final int LEVELS = Level.values().length;

  /** A segment, and what is known of its frames; guarded by the journal. */
  private static final class Part {
    final JournalSegment segment;
    final long[] appended = new long[LEVELS];
    final long[] seen = new long[LEVELS];
    final long[] lost = new long[LEVELS];
    long lastNumber;
    boolean sealed;
    boolean readThrough;

    Part(JournalSegment segment) {
      this.segment = segment;
    }
  }

  private final JournalFolder folder;
  private final FolderLock lock;
  private final Supplier<JournalOwner> owner;
  private final Options options;
  private final Ledger ledger;
  private final ProblemReporter problems;
  private final DamagedParts damaged;
  private final AtomicLong rows = new AtomicLong();

  /** Oldest first; the last is appended to unless it is sealed. */
  private final ArrayDeque<Part> parts = new ArrayDeque<>();

  private @Nullable Part reading;
  private @Nullable SegmentReader reader;
  private long segmentsMade;
  private long confirmed;
  private boolean appending;
  private boolean closed;
  private int readFailures;

  private Journal(
      JournalFolder folder,
      FolderLock lock,
      Supplier<JournalOwner> owner,
      Options options,
      Ledger ledger,
      ProblemReporter problems) {
    this.folder = folder;
    this.lock = lock;
    this.owner = owner;
    this.options = options;
    this.ledger = ledger;
    this.problems = problems;
    damaged = folder.damagedParts(problems);
  }

  /**
   * Makes the folder and locks it.
   *
   * @param folder where the segments go; not there yet
   * @param owner says who writes here, for whoever reads it later; asked for each segment
   * @param options how it is set up
   * @param ledger counts what is lost
   * @param problems told of what goes wrong
   * @return an empty journal
   * @throws IOException when the folder can't be made, written or locked
   */
  public static Journal create(
      JournalFolder folder,
      Supplier<JournalOwner> owner,
      Options options,
      Ledger ledger,
      ProblemReporter problems)
      throws IOException {
    Files.createDirectories(folder.path(), forOurEyesOnly(folder));
    FolderLock lock = FolderLock.tryLock(folder.path());
    if (lock == null) {
      throw new IOException(folder.path() + " is in use by another process");
    }
    return new Journal(folder, lock, owner, options, ledger, problems);
  }

  /** Logs may be confidential. Folders that are there already stay as they are. */
  private static FileAttribute<?>[] forOurEyesOnly(JournalFolder folder) {
    boolean posix = folder.path().getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Appends a batch.
   *
   * @param batch a batch with a number above all before
   * @param behind whether all batches are sent from here, so that none is in memory too when the
   *     oldest have to make room
   * @throws IOException when it is not in the journal: the disk or the journal is full, or broken
   */
  public void append(Batch batch, boolean behind) throws IOException {
    startAppending();
    try {
      append(batch, partFor(batch, behind));
    } finally {
      endAppending();
    }
  }

  private synchronized void startAppending() throws IOException {
    if (closed) {
      throw new IOException("the journal in " + folder.path() + " is closed");
    }
    appending = true;
  }

  private synchronized void endAppending() {
    appending = false;
  }

  private void append(Batch batch, Part part) throws IOException {
    try {
      part.segment.append(batch, options.force());
    } catch (IOException e) {
      seal(part);
      throw e;
    }
    synchronized (this) {
      for (Level level : Level.values()) {
        part.appended[level.ordinal()] += batch.count(level);
      }
      part.lastNumber = batch.number();
      rows.addAndGet(batch.count());
    }
  }

  private synchronized void seal(Part part) {
    part.sealed = true;
  }

  private Part partFor(Batch batch, boolean behind) throws IOException {
    synchronized (this) {
      Part last = parts.peekLast();
      if (last != null && !last.sealed) {
        if (last.segment.fits(batch)) {
          return last;
        }
        last.sealed = true;
      }
    }
    JournalOwner writer = owner.get();
    long bytes = Math.max(options.segmentBytes(), JournalSegment.capacityFor(writer, batch));
    makeRoomFor(bytes, behind);
    Part part = new Part(JournalSegment.create(folder.path(), bytes, writer, ++segmentsMade));
    synchronized (this) {
      parts.add(part);
    }
    return part;
  }

  private void makeRoomFor(long bytes, boolean behind) throws IOException {
    long others = folder.bytesOfOthers();
    while (bytes() + others + bytes > options.maxBytes()) {
      if (!dropSent() && !(behind && options.dropOldest() && dropOldest())) {
        throw new IOException(
            "setting 'journalMaxSize' has the value '%d': with a new segment of %d bytes, the journals in %s would take more"
                .formatted(options.maxBytes(), bytes, folder.path().getParent()));
      }
    }
  }

  private synchronized long bytes() {
    return parts.stream().mapToLong(part -> part.segment.capacity()).sum();
  }

  /** Lets go the oldest of what is only kept. */
  private synchronized boolean dropSent() {
    Part oldest = parts.peek();
    boolean sent = oldest != null && isSent(oldest);
    if (sent) {
      deleteOldest();
    }
    return sent;
  }

  private synchronized boolean dropOldest() {
    // The batch that is under way may be of the first segment, which goes by itself in time.
    Part inUse = reading == null ? parts.peek() : reading;
    for (Iterator<Part> all = parts.iterator(); all.hasNext(); ) {
      Part part = all.next();
      if (part != inUse && part.sealed) {
        all.remove();
        long lost = lose(part, part.appended, LossCause.JOURNAL_FULL);
        problems.problem("the journal is full; its oldest " + lost + " events are dropped", null);
        delete(part);
        return true;
      }
    }
    return false;
  }

  /**
   * Reads the next frame that is whole and not done with.
   *
   * @param into filled by this
   * @param done number of the last batch that is done with
   * @return false when there is none
   * @throws IOException when the disk fails; to be tried again, until the segment is given up
   */
  public boolean next(Batch into, long done) throws IOException {
    for (SegmentReader in = reader(done); in != null; in = reader(done)) {
      // In this order: of a sealed segment the count is the last one.
      boolean sealed = isReadingSealed();
      long[] appended = appendedSoFar();
      if (read(in, into)) {
        if (saw(into) > done) {
          return true;
        }
        continue;
      }
      loseUnseen(appended);
      if (!sealed) {
        return false;
      }
      leave();
    }
    return false;
  }

  private synchronized @Nullable SegmentReader reader(long done) throws IOException {
    if (reading == null) {
      for (Part part : parts) {
        if (part.lastNumber > done && !part.readThrough) {
          reader = part.segment.reader(damaged);
          reading = part;
          break;
        }
      }
    }
    return reader;
  }

  private synchronized long[] appendedSoFar() {
    return current().appended.clone();
  }

  private synchronized boolean isReadingSealed() {
    return current().sealed;
  }

  private Part current() {
    Part part = reading;
    if (part == null) {
      throw new IllegalStateException("nothing is being read");
    }
    return part;
  }

  private boolean read(SegmentReader in, Batch into) throws IOException {
    try {
      boolean found = in.next(into);
      readFailures = 0;
      return found;
    } catch (IOException e) {
      if (++readFailures < MAX_READ_FAILURES) {
        throw e;
      }
      readFailures = 0;
      problems.problem("a segment of the journal in " + folder.path() + " can't be read", e);
      return false;
    }
  }

  private synchronized long saw(Batch batch) {
    for (Level level : Level.values()) {
      current().seen[level.ordinal()] += batch.count(level);
    }
    return batch.number();
  }

  /** What was appended and does not come out again is lost: its frame is damaged. */
  private synchronized void loseUnseen(long[] appended) {
    long lost = lose(current(), appended, LossCause.JOURNAL_DAMAGED);
    if (lost > 0) {
      problems.problem(
          lost + " events are lost by damage to the journal in " + folder.path(), null);
    }
  }

  private long lose(Part part, long[] appended, LossCause cause) {
    long sum = 0;
    for (Level level : Level.values()) {
      int i = level.ordinal();
      long news = appended[i] - part.seen[i] - part.lost[i];
      if (news > 0) {
        ledger.lost(cause, level, news);
        part.lost[i] += news;
        sum += news;
      }
    }
    rows.addAndGet(-sum);
    return sum;
  }

  private synchronized void leave() {
    current().readThrough = true;
    stopReading();
  }

  /**
   * A batch of the journal is known to be committed; segments that are not needed any more go.
   *
   * @param batch the batch, from {@link #next} or as it was appended
   */
  public synchronized void confirm(Batch batch) {
    rows.addAndGet(-batch.count());
    confirmed = batch.number();
    deleteSent(options.keptBytes());
  }

  /**
   * All that was appended is done with: without a tail to keep, the folder is emptied.
   *
   * @param done number of the last batch that is done with
   */
  public synchronized void drained(long done) {
    confirmed = done;
    Part last = parts.peekLast();
    if (options.keptBytes() == 0 && last != null && last.lastNumber <= done && !appending) {
      last.sealed = true;
      deleteSent(0);
    }
  }

  private void deleteSent(long kept) {
    long sent = 0;
    for (Part part : parts) {
      sent += isSent(part) ? part.segment.capacity() : 0;
    }
    for (Part oldest = parts.peek();
        oldest != null && isSent(oldest) && sent > kept;
        oldest = parts.peek()) {
      sent -= oldest.segment.capacity();
      deleteOldest();
    }
  }

  private boolean isSent(Part part) {
    return part.sealed && part.lastNumber <= confirmed;
  }

  private void deleteOldest() {
    Part oldest = parts.remove();
    if (oldest == reading) {
      loseUnseen(oldest.appended);
      stopReading();
    }
    delete(oldest);
  }

  private void stopReading() {
    SegmentReader in = reader;
    reading = null;
    reader = null;
    if (in != null) {
      closeQuietly(in);
    }
  }

  private void delete(Part part) {
    try {
      part.segment.close();
      Files.deleteIfExists(part.segment.path());
    } catch (IOException e) {
      problems.problem("a segment of the journal can't be deleted", e);
    }
  }

  /**
   * Goes back: the database has lost batches that it had acknowledged. Those still here are read
   * again by {@link #next}.
   *
   * @param to number of the last batch that the database has
   * @param done number of the last batch that it had acknowledged
   * @return number of rows that will be sent again
   */
  public long rewind(long to, long done) {
    long again = 0;
    for (Part part : rewound(to)) {
      again += rowsBetween(part, to, done);
    }
    rows.addAndGet(again);
    return again;
  }

  private synchronized Iterable<Part> rewound(long to) {
    confirmed = to;
    stopReading();
    ArrayDeque<Part> again = new ArrayDeque<>();
    for (Part part : parts) {
      if (part.lastNumber > to) {
        part.readThrough = false;
        Arrays.fill(part.seen, 0);
        again.add(part);
      }
    }
    return again;
  }

  private long rowsBetween(Part part, long to, long done) {
    long count = 0;
    Batch batch = new Batch();
    try (SegmentReader in = part.segment.reader(DamageListener.NONE)) {
      while (in.next(batch)) {
        if (batch.number() > to && batch.number() <= done) {
          count += batch.count();
        }
      }
    } catch (IOException e) {
      problems.problem("a segment of the journal can't be read: " + part.segment.path(), e);
    }
    return count;
  }

  /** {@return rows of batches that are here and not done with} */
  public long rows() {
    return rows.get();
  }

  /**
   * Gives the folder free: empty and gone when all is done with, else for a later start to adopt.
   */
  public synchronized void close() {
    closed = true;
    stopReading();
    boolean empty = rows.get() <= 0;
    for (Part part : parts) {
      if (empty) {
        delete(part);
      } else {
        closeQuietly(part.segment);
      }
    }
    parts.clear();
    if (empty) {
      folder.delete(problems);
    }
    closeQuietly(lock);
  }

  private void closeQuietly(Closeable file) {
    try {
      file.close();
    } catch (IOException e) {
      problems.problem("a file of the journal in " + folder.path() + " can't be closed", e);
    }
  }
}
