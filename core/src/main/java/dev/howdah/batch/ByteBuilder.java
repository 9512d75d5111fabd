package dev.howdah.batch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A growable array of bytes, big-endian as PostgreSQL's wire format is. Not thread-safe.
 *
 * <p>Text goes in as UTF-8 that PostgreSQL accepts: NUL and lone surrogates become U+FFFD and are
 * counted.
 */
public final class ByteBuilder {

  // One store for a number: the compiler of Java 17 does not put single bytes together.
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes;
  private int length;
  private long replaced;

  /**
   * @param capacity initial size in bytes
   */
  public ByteBuilder(int capacity) {
    bytes = new byte[capacity];
  }

  /** {@return the backing array; valid up to {@link #length()}} */
  public byte[] array() {
    return bytes;
  }

  /** {@return bytes in use} */
  public int length() {
    return length;
  }

  /**
   * Cuts back to a former length.
   *
   * @param newLength at most the present one
   */
  public void truncate(int newLength) {
    length = newLength;
  }

  /** {@return how many characters were replaced since this object was made} */
  public long replaced() {
    return replaced;
  }

  /**
   * @param value the lowest 8 bits count
   */
  public void put(int value) {
    ensure(1);
    bytes[length++] = (byte) value;
  }

  /**
   * @param value the lowest 16 bits count
   */
  public void putShort(int value) {
    ensure(2);
    bytes[length++] = (byte) (value >>> 8);
    bytes[length++] = (byte) value;
  }

  /**
   * @param value 32 bits
   */
  public void putInt(int value) {
    ensure(4);
    setInt(length, value);
    length += 4;
  }

  /**
   * Overwrites four bytes, such as a length that is known only later.
   *
   * @param at where
   * @param value 32 bits
   */
  public void setInt(int at, int value) {
    INT.set(bytes, at, value);
  }

  /**
   * @param value 64 bits
   */
  public void putLong(long value) {
    ensure(8);
    LONG.set(bytes, length, value);
    length += 8;
  }

  /**
   * Appends a whole number in decimal digits, without making a text of it.
   *
   * @param value any
   */
  public void putDecimal(long value) {
    if (value < 0) {
      put('-');
    }
    // Counted down below zero: the least long has no positive counterpart.
    long rest = value < 0 ? value : -value;
    int digits = 1;
    for (long left = rest / 10; left != 0; left /= 10) {
      digits++;
    }
    ensure(digits);
    length += digits;
    for (int at = length - 1; digits > 0; at--, digits--) {
      bytes[at] = (byte) ('0' - rest % 10);
      rest /= 10;
    }
  }

  /**
   * Appends text known to be ASCII.
   *
   * @param text characters below U+0080
   */
  public void putAscii(String text) {
    int count = text.length();
    ensure(count);
    for (int i = 0; i < count; i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  /**
   * Appends bytes as they are.
   *
   * @param source from where
   */
  public void putBytes(byte[] source) {
    putBytes(source, 0, source.length);
  }

  /**
   * Appends a range of bytes as they are.
   *
   * @param source from where
   * @param from index of the first
   * @param count how many
   */
  public void putBytes(byte[] source, int from, int count) {
    ensure(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  /**
   * Appends text as UTF-8.
   *
   * @param text any text
   * @param end how many of its characters
   */
  public void putUtf8(CharSequence text, int end) {
    ensure(3 * end);
    int at = length;
    byte[] to = bytes;
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c < 0x80 && c != 0) {
        to[at++] = (byte) c;
      } else {
        length = at;
        i += putWide(text, i, end);
        at = length;
      }
    }
    length = at;
  }

  /**
   * Appends a JSON string, quoted and escaped.
   *
   * @param text any text
   * @param end how many of its characters
   */
  public void putJsonString(CharSequence text, int end) {
    put('"');
    putJsonEscaped(text, end);
    put('"');
  }

  /**
   * Appends the inside of a JSON string.
   *
   * @param text any text
   * @param end how many of its characters
   */
  public void putJsonEscaped(CharSequence text, int end) {
    int i = putPlain(text, 0, end);
    while (i < end) {
      i = putPlain(text, i + putSpecial(text, i, end), end);
    }
  }

  /** Appends what stands for itself in JSON, and returns where the first that does not is. */
  private int putPlain(CharSequence text, int from, int end) {
    ensure(end - from);
    int at = length;
    byte[] to = bytes;
    int i = from;
    for (; i < end; i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') {
        break;
      }
      to[at++] = (byte) c;
    }
    length = at;
    return i;
  }

  /** Appends a character that does not stand for itself. Returns how many chars were used. */
  private int putSpecial(CharSequence text, int i, int end) {
    char c = text.charAt(i);
    if (c >= 0x80 || c == 0) {
      ensure(4);
      return 1 + putWide(text, i, end);
    }
    if (c < 0x20) {
      putControl(c);
    } else {
      put('\\');
      put(c);
    }
    return 1;
  }

  private void putControl(char c) {
    switch (c) {
      case '\n' -> putAscii("\\n");
      case '\r' -> putAscii("\\r");
      case '\t' -> putAscii("\\t");
      default -> {
        putAscii("\\u00");
        put(Character.forDigit(c >> 4, 16));
        put(Character.forDigit(c & 15, 16));
      }
    }
  }

  /** Appends what is not ASCII. Returns 1 when two chars were used, else 0. Room is there. */
  private int putWide(CharSequence text, int i, int end) {
    char c = text.charAt(i);
    if (c != 0 && c < 0x800) {
      bytes[length++] = (byte) (0xC0 | (c >> 6));
      bytes[length++] = (byte) (0x80 | (c & 0x3F));
      return 0;
    }
    if (Character.isHighSurrogate(c)
        && i + 1 < end
        && Character.isLowSurrogate(text.charAt(i + 1))) {
      int point = Character.toCodePoint(c, text.charAt(i + 1));
      bytes[length++] = (byte) (0xF0 | (point >> 18));
      bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3F));
      bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3F));
      bytes[length++] = (byte) (0x80 | (point & 0x3F));
      return 1;
    }
    if (c == 0 || Character.isSurrogate(c)) {
      c = '\uFFFD';
      replaced++;
    }
    bytes[length++] = (byte) (0xE0 | (c >> 12));
    bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
    bytes[length++] = (byte) (0x80 | (c & 0x3F));
    return 0;
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, length + (length >> 1)));
    }
  }
}
