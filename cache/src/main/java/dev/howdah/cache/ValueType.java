package dev.howdah.cache;

import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;

/**
 * What values are to be read as.
 *
 * @param type the type
 * @param reader reads it; has looked up how, which is a good part of the work for small values
 */
record ValueType(JavaType type, ObjectReader reader) {

  String name() {
    return type.toCanonical();
  }

  /** Whether one object may serve all who read it. */
  boolean isUnchanging() {
    return Unchanging.is(type.getRawClass());
  }
}
