package dev.howdah.event;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns a value of the application's into one that cannot change any more.
 *
 * <p>Called on the application's thread before a slot is claimed, since it may run the
 * application's code: a getter or a {@code toString()} that logs, waits or fails then harms nothing
 * but this value.
 */
public final class ContextValue {

  /**
   * JSON that Jackson made of an object, not yet cleaned for PostgreSQL.
   *
   * @param utf8 the JSON text in UTF-8; not to be modified
   */
  public record Json(@SuppressWarnings("ArrayRecordComponent") byte[] utf8) {}

  /** Made with the first object, not when the application starts. */
  private static final class ObjectJson {

    // An object without properties says more by its toString() than by {}. An enum within an object
    // is its name, as one that stands alone.
    private static final JsonMapper MAPPER =
        JsonMapper.builder()
            .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING)
            .build();
  }

  private static final int ENTRY_BYTES = 64;

  private ContextValue() {}

  /**
   * Takes the snapshot of one value.
   *
   * @param value any object, or null
   * @param maxLength the most bytes of JSON that an object may become; a longer one becomes text
   * @return null, a String, Boolean, an immutable Number, or {@link Json}
   */
  public static @Nullable Object snapshot(@Nullable Object value, int maxLength) {
    if (value == null || value instanceof Boolean || isPlainNumber(value)) {
      return value;
    }
    if (value instanceof String text) {
      return limited(text, maxLength);
    }
    if (hasPlainText(value)) {
      return value.toString();
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    return json(value, maxLength);
  }

  /**
   * Tells whether a value can't change, so that its snapshot says the same later, on another
   * thread, and runs no code of the application's.
   *
   * @param value any object, or null
   * @return whether its snapshot may be taken at any time
   */
  public static boolean neverChanges(@Nullable Object value) {
    return value == null
        || value instanceof String
        || value instanceof Boolean
        || isPlainNumber(value)
        || value instanceof Enum<?>
        || hasPlainText(value);
  }

  /**
   * Weighs an entry of the context.
   *
   * @param key its key, or null
   * @param value a snapshot, or null
   * @return about how many bytes of memory it keeps alive
   */
  public static long bytes(@Nullable String key, @Nullable Object value) {
    long bytes = ENTRY_BYTES + textBytes(key);
    if (value instanceof String text) {
      return bytes + textBytes(text);
    }
    return value instanceof Json json ? bytes + json.utf8().length : bytes;
  }

  /**
   * Weighs a context of texts.
   *
   * @param map such as an MDC
   * @return about how many bytes of memory it keeps alive
   */
  public static long mapBytes(Map<String, String> map) {
    if (map.isEmpty()) {
      return 0;
    }
    Weight weight = new Weight();
    map.forEach(weight::add);
    return weight.bytes;
  }

  /**
   * Weighs a text.
   *
   * @param text any text, or null
   * @return about how many bytes of memory it keeps alive
   */
  public static long textBytes(@Nullable String text) {
    return text == null ? 0 : 2L * text.length();
  }

  private static boolean hasPlainText(Object value) {
    return value instanceof Character
        || value instanceof UUID
        || (value instanceof TemporalAccessor && value.getClass().getName().startsWith("java."));
  }

  private static boolean isPlainNumber(Object value) {
    Class<?> type = value.getClass();
    return type == Integer.class
        || type == Long.class
        || type == Double.class
        || type == Float.class
        || type == Short.class
        || type == Byte.class
        || type == BigDecimal.class
        || type == BigInteger.class;
  }

  private static Object json(Object value, int maxLength) {
    try {
      BoundedBytes out = new BoundedBytes(maxLength);
      ObjectJson.MAPPER.writeValue(out, value);
      return new Json(out.toByteArray());
    } catch (Throwable e) {
      rethrowIfFatal(e);
      return text(value, maxLength);
    }
  }

  private static String text(Object value, int maxLength) {
    try {
      return limited(String.valueOf(value.toString()), maxLength);
    } catch (Throwable e) {
      rethrowIfFatal(e);
      return "[" + value.getClass().getName() + " failed: " + e.getClass().getName() + "]";
    }
  }

  /**
   * Lets through what nobody may swallow, such as an OutOfMemoryError. Everything else that code of
   * the application's throws while it is being logged ends here: the stack's overflow, checked
   * exceptions thrown in disguise, failed assertions.
   *
   * @param e what was caught
   */
  public static void rethrowIfFatal(Throwable e) {
    if (e instanceof VirtualMachineError error && !(e instanceof StackOverflowError)) {
      throw error;
    }
  }

  /**
   * Shortens a text to just above its limit, so that a long original is not kept alive; the encoder
   * cuts at the limit, marks and counts.
   *
   * @param text any text
   * @param maxLength the limit in characters
   * @return the text, or its first {@code maxLength + 1} characters
   */
  public static String limited(String text, int maxLength) {
    return text.length() - 1 <= maxLength ? text : text.substring(0, maxLength + 1);
  }

  /** Adds up a map's entries: an iterator over a read-only map makes an object for each. */
  private static final class Weight {
    private long bytes;

    void add(String key, String value) {
      bytes += ContextValue.bytes(key, value);
    }
  }

  /** Ends an object that grows without bound, such as an endless Iterable. */
  private static final class BoundedBytes extends OutputStream {
    private final int max;
    private byte[] bytes = new byte[256];
    private int length;

    BoundedBytes(int max) {
      this.max = max;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int from, int count) throws IOException {
      if (length + count > max) {
        throw new IOException("more than " + max + " bytes of JSON");
      }
      if (length + count > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
      }
      System.arraycopy(source, from, bytes, length, count);
      length += count;
    }

    byte[] toByteArray() {
      return Arrays.copyOf(bytes, length);
    }

    @Override
    public String toString() {
      return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
  }
}
