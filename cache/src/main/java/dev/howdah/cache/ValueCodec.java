package dev.howdah.cache;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Objects as JSON and back, by Jackson. Messages tell types and keys, never values. Thread-safe.
 *
 * <p>A value that is read again, as copies in memory are, is made by Jackson once where it is
 * {@link Unchanging}, and anew for each caller where it is not.
 */
final class ValueCodec {

  private final ObjectMapper mapper;
  private final ValueType tree;

  /** Kept with each class, so that none is held that an application would unload. */
  private final ClassValue<ValueType> types =
      new ClassValue<>() {
        @Override
        protected ValueType computeValue(Class<?> type) {
          return readable(mapper.constructType(type));
        }
      };

  ValueCodec(ObjectMapper mapper) {
    this.mapper = mapper;
    tree = type(JsonNode.class);
  }

  ObjectMapper mapper() {
    return mapper;
  }

  ValueType tree() {
    return tree;
  }

  ValueType type(Class<?> type) {
    return types.get(type);
  }

  ValueType type(TypeReference<?> type) {
    return readable(mapper.constructType(type.getType()));
  }

  private ValueType readable(JavaType type) {
    return new ValueType(type, mapper.readerFor(type));
  }

  /**
   * @throws NullPointerException when there is no value, which null is not
   */
  String json(String key, Object value) {
    Objects.requireNonNull(value, () -> "the value for '" + key + "' must not be null");
    try {
      return mapper.writeValueAsString(value);
    } catch (JacksonException e) {
      String type = value.getClass().getName();
      throw new CacheException(
          "a " + type + " for '" + key + "' cannot become JSON" + place(e), null);
    }
  }

  /** The object; null where the JSON is {@code null}. */
  @SuppressWarnings({"TypeParameterUnusedInFormals", "unchecked"}) // it is what the ValueType is
  <T> @Nullable T object(String key, StoredValue value, ValueType type) {
    StoredValue.Json json = json(key, value);
    Object known = json.readAs(type.type());
    if (known != null) {
      return (T) known;
    }
    try {
      T object = type.reader().readValue(json.text());
      if (object != null && type.isUnchanging()) {
        json.remember(type.type(), object);
      }
      return object;
    } catch (JacksonException e) {
      throw new UnreadableValueException(
          "the JSON of '" + key + "' is no " + type.name() + place(e));
    }
  }

  /** Where in the object; the exception's own text would show values. */
  private static String place(JacksonException e) {
    return e.getPath().isEmpty() ? "" : ", at " + e.getPathReference();
  }

  static String text(String key, StoredValue value) {
    return json(key, value).text();
  }

  private static StoredValue.Json json(String key, StoredValue value) {
    if (value instanceof StoredValue.Json json) {
      return json;
    }
    throw new UnreadableValueException("'" + key + "' holds bytes, not JSON: use getBytes");
  }

  static byte[] bytes(String key, StoredValue value) {
    if (value instanceof StoredValue.Bytes bytes) {
      return bytes.bytes().clone();
    }
    throw new UnreadableValueException("'" + key + "' holds JSON, not bytes: use get");
  }
}
