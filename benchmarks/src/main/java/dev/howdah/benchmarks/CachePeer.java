package dev.howdah.benchmarks;

import java.util.List;
import java.util.Map;

/** A cache that {@link CacheComparison} measures. Thread-safe. */
interface CachePeer extends AutoCloseable {

  /** {@return its name in the table} */
  String label();

  String get(String key);

  void set(String key, String value);

  void setAll(Map<String, String> values);

  List<String> getAll(List<String> keys);

  void delete(String key);

  void increment(String key);

  /** {@return seconds of processor time of its server so far; NaN where nobody knows} */
  double serverCpuSeconds();

  @Override
  void close();
}
