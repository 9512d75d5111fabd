package dev.howdah.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Says that a folder of the journal is in use: at most one lock on a folder is held, over all
 * processes of the machine. It ends with its process, however that ends; the file {@code lock}
 * stays. Over a network file system it holds as far as that system's locks do. Thread-safe.
 */
public final class FolderLock implements Closeable {

  private static final String CLAIM = "dev.howdah.journal.lock:";

  private final String claim;
  private final RandomAccessFile file;

  private FolderLock(String claim, RandomAccessFile file) {
    this.claim = claim;
    this.file = file;
  }

  /**
   * Takes the lock, without waiting.
   *
   * @param folder a folder that is there
   * @return the lock, or null when somebody else holds it, in this process or another
   * @throws IOException when the folder is not there or can't be written to, or its file system has
   *     no locks
   */
  public static @Nullable FolderLock tryLock(Path folder) throws IOException {
    Path lock = folder.toRealPath().resolve("lock");
    String claim = CLAIM + lock;
    // A lock of the system's belongs to the process, and is lost as soon as the process closes any
    // descriptor of that file: it may not even be opened where another Howdah of this JVM has the
    // folder. That one may be of another class loader; system properties are what all share.
    if (System.getProperties().putIfAbsent(claim, "held") != null) {
      return null;
    }
    FolderLock held = null;
    try {
      held = lockFile(lock, claim);
    } finally {
      if (held == null) {
        System.getProperties().remove(claim);
      }
    }
    return held;
  }

  private static @Nullable FolderLock lockFile(Path lock, String claim) throws IOException {
    RandomAccessFile file = new RandomAccessFile(lock.toFile(), "rw");
    boolean isOurs = false;
    try {
      FileLock ours = file.getChannel().tryLock();
      // Who deletes a folder holds its lock; then this is the lock of a file that is gone.
      isOurs = ours != null && Files.exists(lock);
      return isOurs ? new FolderLock(claim, file) : null;
    } catch (OverlappingFileLockException e) {
      return null;
    } finally {
      if (!isOurs) {
        file.close();
      }
    }
  }

  /** Gives the folder free. */
  @Override
  public synchronized void close() throws IOException {
    if (file.getChannel().isOpen()) {
      try {
        file.close();
      } finally {
        System.getProperties().remove(claim);
      }
    }
  }
}
