package dev.howdah.cache;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** One operation, done on the cache and on the model: both give the same. */
interface Step {

  void takenBy(Model model);

  /** Any operation; few keys and values, so that they meet. */
  static Arbitrary<Step> any() {
    Arbitrary<String> keys = Arbitraries.of("a", "b", "c", "a:1", "a:2", "a_1", "%", "é☂");
    Arbitrary<Long> values = Arbitraries.longs().between(-2, 3);
    Arbitrary<Duration> ttls =
        Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.just(PostgresCache.FOREVER)),
            Tuple.of(3, Arbitraries.integers().between(1, 20).map(Duration::ofSeconds)));
    Arbitrary<String> tags = Arbitraries.of("red", "blue");
    Arbitrary<List<String>> someKeys = keys.list().ofMaxSize(5);
    Arbitrary<String> patterns = Arbitraries.of("a*", "a:?", "a_*", "[ab]", "[^a]", "%*", "?", "c");
    return Arbitraries.oneOf(
        keys.map(key -> model -> model.get(key)),
        keys.map(key -> model -> model.exists(key)),
        keys.map(key -> model -> model.timeToLive(key)),
        someKeys.map(some -> model -> model.getMany(some)),
        Combinators.combine(keys, values, ttls).as((k, v, ttl) -> model -> model.set(k, v, ttl)),
        Combinators.combine(keys, values, ttls, tags)
            .as((k, v, ttl, tag) -> model -> model.set(k, v, ttl, tag)),
        Combinators.combine(someKeys, values, ttls)
            .as((some, v, ttl) -> model -> model.setMany(all(some, v), ttl)),
        Combinators.combine(keys, values, ttls)
            .as((k, v, ttl) -> model -> model.setIfAbsent(k, v, ttl)),
        Combinators.combine(keys, values, values, ttls)
            .as((k, old, v, ttl) -> model -> model.compareAndSet(k, old, v, ttl)),
        Combinators.combine(keys, values).as((k, old) -> model -> model.compareAndDelete(k, old)),
        Combinators.combine(keys, values, ttls)
            .as((k, delta, ttl) -> model -> model.increment(k, delta, ttl)),
        Combinators.combine(keys, values, ttls)
            .as((k, v, ttl) -> model -> model.getOrCompute(k, v, ttl)),
        Combinators.combine(keys, ttls).as((k, ttl) -> model -> model.touch(k, ttl)),
        keys.map(key -> model -> model.delete(key)),
        someKeys.map(some -> model -> model.deleteMany(some)),
        patterns.map(pattern -> model -> model.deletePattern(pattern)),
        tags.map(tag -> model -> model.deleteTag(tag)));
  }

  private static Map<String, Long> all(List<String> keys, long value) {
    Map<String, Long> values = new LinkedHashMap<>();
    keys.forEach(key -> values.put(key, value));
    return values;
  }
}
