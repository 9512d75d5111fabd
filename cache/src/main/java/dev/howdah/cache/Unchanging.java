package dev.howdah.cache;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Tells which classes have objects that never change, so that one object may serve all who read it:
 * text, numbers, times, enums, and records of nothing but these. Lists, maps and an application's
 * own classes may change in a caller's hands. Thread-safe.
 */
final class Unchanging {

  private static final Set<Class<?>> VALUES =
      Set.of(
          String.class,
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          BigInteger.class,
          BigDecimal.class,
          UUID.class);

  /** Kept with each class, so that none is held that an application would unload. */
  private static final ClassValue<Boolean> ANSWERS =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return isUnchanging(type, new HashSet<>());
        }
      };

  private Unchanging() {}

  static boolean is(Class<?> type) {
    return ANSWERS.get(type);
  }

  /**
   * @param within records that have such a component, and are judged by their others
   */
  private static boolean isUnchanging(Class<?> type, Set<Class<?>> within) {
    if (type.isPrimitive()
        || type.isEnum()
        || VALUES.contains(type)
        || type.getPackageName().equals("java.time")
        || within.contains(type)) {
      return true;
    }
    if (!type.isRecord()) {
      return false;
    }
    within.add(type);
    return Arrays.stream(type.getRecordComponents())
        .map(RecordComponent::getType)
        .allMatch(component -> isUnchanging(component, within));
  }
}
