package dev.howdah.cache;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Objects as JSON and back, by Jackson. Messages tell types and keys, never values. */
final class ValueCodec {

  private final ObjectMapper mapper;
  private final JavaType tree;

  ValueCodec(ObjectMapper mapper) {
    this.mapper = mapper;
    tree = mapper.constructType(JsonNode.class);
  }

  ObjectMapper mapper() {
    return mapper;
  }

  JavaType tree() {
    return tree;
  }

  JavaType type(Class<?> type) {
    return mapper.constructType(type);
  }

  JavaType type(TypeReference<?> type) {
    return mapper.constructType(type.getType());
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
  @SuppressWarnings("TypeParameterUnusedInFormals") // it is what the JavaType is
  <T> @Nullable T object(String key, StoredValue value, JavaType type) {
    String json = text(key, value);
    try {
      return mapper.readValue(json, type);
    } catch (JacksonException e) {
      throw new UnreadableValueException(
          "the JSON of '" + key + "' is no " + type.toCanonical() + place(e));
    }
  }

  /** Where in the object; the exception's own text would show values. */
  private static String place(JacksonException e) {
    return e.getPath().isEmpty() ? "" : ", at " + e.getPathReference();
  }

  static String text(String key, StoredValue value) {
    if (value instanceof StoredValue.Json json) {
      return json.text();
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
