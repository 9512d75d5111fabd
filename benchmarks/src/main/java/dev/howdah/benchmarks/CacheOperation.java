package dev.howdah.benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** An operation of a cache, on a random one of its keys. */
enum CacheOperation {
  GET {
    /**
     * Copies in memory have grown too old since the last turn: what is timed is not their making.
     */
    @Override
    void prepare(CachePeer cache) {
      cache.getAll(IntStream.range(0, KEYS).mapToObj(CacheOperation::key).toList());
    }

    @Override
    void runOn(CachePeer cache, int i) {
      if (cache.get(randomKey()).length() != VALUE.length()) {
        throw new IllegalStateException("an entry is missing");
      }
    }
  },
  SET {
    @Override
    void runOn(CachePeer cache, int i) {
      cache.set(randomKey(), VALUE);
    }
  },
  MGET {
    @Override
    void runOn(CachePeer cache, int i) {
      List<String> keys = IntStream.range(0, MANY).mapToObj(k -> randomKey()).toList();
      if (cache.getAll(keys).isEmpty()) {
        throw new IllegalStateException("entries are missing");
      }
    }
  },
  DELETE {
    @Override
    void prepare(CachePeer cache) {
      Map<String, String> doomed = new HashMap<>();
      for (int i = 0; i < DOOMED; i++) {
        doomed.put("doomed:" + i, VALUE);
      }
      cache.setAll(doomed);
    }

    /** The first find something to delete, the others don't. */
    @Override
    void runOn(CachePeer cache, int i) {
      cache.delete("doomed:" + i);
    }
  },
  INCREMENT {
    @Override
    void runOn(CachePeer cache, int i) {
      cache.increment("count:" + ThreadLocalRandom.current().nextInt(COUNTS));
    }
  };

  /** How many keys there are. */
  static final int KEYS = 10_000;

  /** How many keys an MGET reads. */
  static final int MANY = 20;

  /** 100 characters, as a session or a flag may have. */
  static final String VALUE = "0123456789".repeat(10);

  private static final int COUNTS = 1_000;
  private static final int DOOMED = 20_000;

  /** What is done before the clock starts. */
  void prepare(CachePeer cache) {}

  /** Runs it once; {@code i} counts the calls of all threads. */
  abstract void runOn(CachePeer cache, int i);

  static String key(int i) {
    return "user:" + i;
  }

  private static String randomKey() {
    return key(ThreadLocalRandom.current().nextInt(KEYS));
  }
}
