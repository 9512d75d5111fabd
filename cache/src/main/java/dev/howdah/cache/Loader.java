package dev.howdah.cache;

import org.jspecify.annotations.Nullable;

/**
 * Computes a value that the cache does not have.
 *
 * @param <T> type of the value
 * @param <X> what it may throw; {@link RuntimeException} where it throws nothing that is checked
 */
@FunctionalInterface
public interface Loader<T, X extends Exception> {

  /**
   * Computes the value. Runs in the thread of the caller, who holds no lock in this JVM.
   *
   * @return the value; null is given to the caller, and not kept
   * @throws X as it likes; the caller gets it, and nothing is kept
   */
  @Nullable T load() throws X;
}
