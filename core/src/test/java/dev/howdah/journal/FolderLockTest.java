package dev.howdah.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.howdah.testkit.ForkedJvm;
import java.io.Closeable;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One holder at a time, and none that is dead. */
class FolderLockTest {

  @TempDir Path folder;

  /** Takes the lock, writes its process id, and never ends; or says that it was not to be had. */
  static final class Holder {
    public static void main(String... args) throws Exception {
      Path folder = Path.of(args[0]);
      FolderLock lock = FolderLock.tryLock(folder);
      if (lock == null) {
        System.out.println("not to be had");
        return;
      }
      String pid = Long.toString(ProcessHandle.current().pid());
      Path written = Files.writeString(folder.resolve("pid.new"), pid);
      Files.move(written, folder.resolve("pid"));
      new CountDownLatch(1).await();
    }
  }

  @Test
  void itIsHeldUntilItIsClosed() throws IOException {
    FolderLock first = FolderLock.tryLock(folder);
    assertThat(first).isNotNull();
    assertThat(FolderLock.tryLock(folder)).isNull();
    first.close();

    FolderLock second = FolderLock.tryLock(folder);
    assertThat(second).isNotNull();
    first.close(); // Once more: it has nothing to do with the second.
    assertThat(FolderLock.tryLock(folder)).isNull();
    second.close();
  }

  @Test
  void anotherNameOfTheFolderIsTheSameFolder() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
    try (FolderLock lock = FolderLock.tryLock(folder)) {
      assertThat(lock).isNotNull();
      assertThat(FolderLock.tryLock(link)).isNull();
    }
  }

  @Test
  void itHoldsAgainstOtherClassLoaders() throws Exception {
    URL classes = FolderLock.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader other =
        new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
      Class<?> theirs = other.loadClass(FolderLock.class.getName());
      assertThat(theirs).isNotSameAs(FolderLock.class);
      try (FolderLock lock = FolderLock.tryLock(folder)) {
        assertThat(lock).isNotNull();
        assertThat(theirs.getMethod("tryLock", Path.class).invoke(null, folder)).isNull();
        // Their attempt must not have cost us the system's lock either.
        assertThat(ForkedJvm.run(Holder.class, folder.toString()).output())
            .isEqualToIgnoringNewLines("not to be had");
      }
      try (Closeable lock =
          (Closeable) theirs.getMethod("tryLock", Path.class).invoke(null, folder)) {
        assertThat(lock).isNotNull();
        assertThat(FolderLock.tryLock(folder)).isNull();
      }
    }
  }

  @Test
  void itIsFreeOnceItsProcessIsKilled() throws Exception {
    CompletableFuture<ForkedJvm.Result> holder = start();
    long pid = Long.parseLong(awaitPid(holder));
    assertThat(FolderLock.tryLock(folder)).isNull();

    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    assertThat(holder.get().exitCode()).isNotZero();
    try (FolderLock lock = FolderLock.tryLock(folder)) {
      assertThat(lock).isNotNull();
    }
  }

  private CompletableFuture<ForkedJvm.Result> start() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return ForkedJvm.run(Holder.class, folder.toString());
          } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  private String awaitPid(CompletableFuture<ForkedJvm.Result> holder) throws IOException {
    Path pid = folder.resolve("pid");
    await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(pid) || holder.isDone());
    assertThat(holder).isNotDone();
    return Files.readString(pid);
  }

  @Test
  void troubleWithTheFolderIsNotTakenForAnotherHolder() throws IOException {
    assertThatThrownBy(() -> FolderLock.tryLock(folder.resolve("missing")))
        .isInstanceOf(IOException.class);
    Files.createDirectory(folder.resolve("lock"));
    assertThatThrownBy(() -> FolderLock.tryLock(folder)).isInstanceOf(IOException.class);

    Files.delete(folder.resolve("lock"));
    try (FolderLock lock = FolderLock.tryLock(folder)) {
      assertThat(lock).isNotNull();
    }
  }
}
