package dev.howdah.encode;

import dev.howdah.batch.ByteBuilder;
import dev.howdah.event.ContextValue;
import dev.howdah.event.LogEventSlot;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes an event's MDC, key-values, markers and caller as one {@code jsonb} object.
 *
 * <p>Numbers stay numbers where {@code jsonb} can hold them. A key that is there twice: PostgreSQL
 * keeps the last, so a key-value wins over the MDC. What went into the columns of trace and span id
 * is left out. Not thread-safe.
 */
final class ContextEncoder {

  /** Made with the first object, not when the application starts. */
  private static final class Tokens {
    private static final JsonFactory FACTORY = new JsonFactory();
  }

  private static final int MAX_DEPTH = 32;
  private static final int MAX_NUMBER_LENGTH = 300;
  private static final int JSONB_VERSION = 1;

  private final Redaction redaction;
  private final Set<String> idKeys;
  private final int maxBytes;

  private final MapEntries mapEntries = new MapEntries();

  private @Nullable String traceId;
  private @Nullable String spanId;

  /** The keys are those that may hold a trace or span id. */
  ContextEncoder(Redaction redaction, Set<String> idKeys, int maxBytes) {
    this.redaction = redaction;
    this.idKeys = idKeys;
    this.maxBytes = maxBytes;
  }

  /**
   * Appends the field with its length: NULL when there is nothing to say. Returns whether anything
   * had to be cut.
   */
  boolean encode(
      LogEventSlot slot, @Nullable String traceId, @Nullable String spanId, ByteBuilder out) {
    this.traceId = traceId;
    this.spanId = spanId;
    int lengthAt = out.length();
    out.putInt(0);
    out.put(JSONB_VERSION);
    out.put('{');
    int start = out.length();
    int entriesCut = mapEntries.write(slot.contextMap(), out, start);
    entriesCut += keyValues(slot, out, start);
    markers(slot.markers(), out, start);
    caller(slot.caller(), out, start);
    if (entriesCut > 0) {
      key("howdah.cut", out, start);
      out.putDecimal(entriesCut);
    }
    if (out.length() == start) {
      out.truncate(lengthAt);
      out.putInt(-1);
      return false;
    }
    out.put('}');
    out.setInt(lengthAt, out.length() - lengthAt - 4);
    return entriesCut > 0;
  }

  /** Writes the MDC: unlike an iterator over a read-only map, without an object for each entry. */
  private final class MapEntries implements BiConsumer<String, String> {

    private ByteBuilder out = new ByteBuilder(0);
    private int start;
    private int cut;

    /** Returns how many entries were cut. */
    int write(@Nullable Map<String, String> map, ByteBuilder to, int startsAt) {
      cut = 0;
      if (map != null) {
        out = to;
        start = startsAt;
        map.forEach(this);
      }
      return cut;
    }

    @Override
    public void accept(String key, String value) {
      cut += entry(key, value, out, start);
    }
  }

  private int keyValues(LogEventSlot slot, ByteBuilder out, int start) {
    int entriesCut = 0;
    for (int i = 0; i < slot.keyValueCount(); i++) {
      entriesCut += entry(slot.key(i), slot.value(i), out, start);
    }
    return entriesCut;
  }

  /** Appends one entry. Returns 1 when it was cut or found no room. */
  private int entry(@Nullable String name, @Nullable Object value, ByteBuilder out, int start) {
    String key = String.valueOf(name);
    if (value != null && idKeys.contains(key) && (value.equals(traceId) || value.equals(spanId))) {
      return 0;
    }
    int room = maxBytes - (out.length() - start) - key.length();
    if (room <= 0) {
      return 1;
    }
    key(key, out, start);
    if (redaction.hides(key)) {
      out.putAscii("\"" + Redaction.MARK + "\"");
      return 0;
    }
    return value(value, out, room) ? 0 : 1;
  }

  private static void key(String key, ByteBuilder out, int start) {
    if (out.length() > start) {
      out.put(',');
    }
    out.putJsonString(key, key.length());
    out.put(':');
  }

  /** Returns false when the value was cut. */
  private boolean value(@Nullable Object value, ByteBuilder out, int room) {
    if (value instanceof String text) {
      return text(text, out, room);
    }
    if (value instanceof ContextValue.Json object) {
      return object(object.utf8(), out, room);
    }
    if (value == null || value instanceof Boolean) {
      out.putAscii(String.valueOf(value));
    } else if (value instanceof Long || value instanceof Integer) {
      out.putDecimal(((Number) value).longValue());
    } else if (value instanceof BigDecimal decimal && Math.abs((long) decimal.scale()) > 300) {
      text(decimal.toString(), out, room);
    } else {
      number(value.toString(), out, room);
    }
    return true;
  }

  private boolean text(String raw, ByteBuilder out, int room) {
    String text = redaction.clean(raw);
    if (text.length() <= room) {
      out.putJsonString(text, text.length());
      return true;
    }
    out.put('"');
    out.putJsonEscaped(text, RowEncoder.safeEnd(text, room));
    out.putUtf8(RowEncoder.CUT_MARK, RowEncoder.CUT_MARK.length());
    out.put('"');
    return false;
  }

  /** A number that jsonb's numeric may not hold, or JSON may not say, becomes a text. */
  private void number(String digits, ByteBuilder out, int room) {
    char last = digits.charAt(digits.length() - 1);
    if (digits.length() <= MAX_NUMBER_LENGTH && last >= '0' && last <= '9') {
      out.putAscii(digits);
    } else {
      text(digits, out, room);
    }
  }

  /** Copies what Jackson wrote, cleaned, redacted and limited; text where it is not JSON. */
  private boolean object(byte[] utf8, ByteBuilder out, int room) {
    int start = out.length();
    try (JsonParser parser =
        Tokens.FACTORY.createParser(tools.jackson.core.ObjectReadContext.empty(), utf8)) {
      parser.nextToken();
      return tree(parser, out, 0, room);
    } catch (JacksonException e) {
      out.truncate(start);
      out.putJsonString("[not JSON]", 10);
      return false;
    }
  }

  private boolean tree(JsonParser parser, ByteBuilder out, int depth, int room) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
      if (depth < MAX_DEPTH) {
        return children(parser, out, depth, room);
      }
      parser.skipChildren();
      text("…", out, room);
      return false;
    }
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      number(exponentIsSmall(parser.getString()), out, room);
      return true;
    }
    if (token == JsonToken.VALUE_STRING) {
      return text(parser.getString(), out, room);
    }
    out.putAscii(token == null ? "null" : parser.getString());
    return true;
  }

  // A number with an exponent beyond numeric's range gets a mark that makes number() quote it.
  private static String exponentIsSmall(String digits) {
    int e = Math.max(digits.indexOf('e'), digits.indexOf('E'));
    return e >= 0 && digits.length() - e > 5 ? digits + " " : digits;
  }

  private boolean children(JsonParser parser, ByteBuilder out, int depth, int room) {
    boolean object = parser.currentToken() == JsonToken.START_OBJECT;
    boolean complete = true;
    boolean first = true;
    out.put(object ? '{' : '[');
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_OBJECT && next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      if (!first) {
        out.put(',');
      }
      first = false;
      if (object) {
        String name = parser.currentName();
        out.putJsonString(name, name.length());
        out.put(':');
        parser.nextToken();
        if (redaction.hides(name)) {
          parser.skipChildren();
          out.putAscii("\"" + Redaction.MARK + "\"");
          continue;
        }
      }
      complete &= tree(parser, out, depth + 1, room);
    }
    out.put(object ? '}' : ']');
    return complete;
  }

  private static void markers(List<String> markers, ByteBuilder out, int start) {
    if (markers.isEmpty()) {
      return;
    }
    key("markers", out, start);
    char separator = '[';
    for (int i = 0; i < markers.size(); i++) {
      out.put(separator);
      String marker = markers.get(i);
      out.putJsonString(marker, RowEncoder.safeEnd(marker, 256));
      separator = ',';
    }
    out.put(']');
  }

  private static void caller(@Nullable StackTraceElement caller, ByteBuilder out, int start) {
    if (caller == null) {
      return;
    }
    key("caller", out, start);
    String place = caller.toString();
    out.putJsonString(place, place.length());
  }
}
