package dev.howdah.encode;

import dev.howdah.batch.Batch;
import dev.howdah.batch.ByteBuilder;
import dev.howdah.batch.Ledger;
import dev.howdah.event.Level;
import dev.howdah.event.LogEventSlot;
import dev.howdah.event.ThrowableInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns a slot into one row of COPY BINARY, straight into the batch's buffer.
 *
 * <p>The format is that of PostgreSQL's documentation of COPY, "Binary Format": a 16-bit count of
 * fields, then each field as a 32-bit length (-1 for NULL) and its bytes. Not thread-safe.
 */
public final class RowEncoder {

  /** The columns in the order in which the fields are written. */
  public static final List<String> COLUMNS =
      List.of(
          "logged_at",
          "instance_id",
          "seq",
          "level",
          "site_id",
          "thread",
          "message",
          "context",
          "trace_id",
          "span_id",
          "group_id",
          "stack_id");

  static final String CUT_MARK = "… [cut]";

  /** Microseconds between Java's epoch, 1970, and PostgreSQL's, 2000. */
  private static final long EPOCH_MICROS = 946_684_800_000_000L;

  // The years 0001 and 9999: what timestamptz and people's tools both can show.
  private static final long MIN_MICROS = -62_135_596_800_000_000L;
  private static final long MAX_MICROS = 253_402_300_799_999_999L;
  private static final int MAX_NAME = 512;
  private static final int MAX_TRACE_ID = 128;

  private final long instanceId;
  private final TextLimits limits;
  private final Redaction redaction;
  private final List<String> traceIdKeys;
  private final List<String> spanIdKeys;
  private final Ledger ledger;
  private final ContextEncoder context;
  private final Dictionary dictionary;
  private final StringBuilder text = new StringBuilder(4096);
  private long nextSeq = 1;
  private int cut;

  /**
   * @param instanceId goes into every row
   * @param limits the longest texts
   * @param redaction what is secret
   * @param traceIdKeys keys of the MDC or of key-values that hold the trace id; the first found
   *     wins
   * @param spanIdKeys likewise for the span id
   * @param ledger counts what was cut and replaced
   */
  public RowEncoder(
      long instanceId,
      TextLimits limits,
      Redaction redaction,
      List<String> traceIdKeys,
      List<String> spanIdKeys,
      Ledger ledger) {
    this.instanceId = instanceId;
    this.limits = limits;
    this.redaction = redaction;
    this.traceIdKeys = List.copyOf(traceIdKeys);
    this.spanIdKeys = List.copyOf(spanIdKeys);
    Set<String> idKeys = new HashSet<>(traceIdKeys);
    idKeys.addAll(spanIdKeys);
    this.context = new ContextEncoder(redaction, idKeys, limits.context());
    this.dictionary = new Dictionary(redaction);
    this.ledger = ledger;
  }

  /**
   * Appends the event to the batch. On failure the batch is as before.
   *
   * @param slot a filled slot
   * @param batch where the row goes
   */
  public void encode(LogEventSlot slot, Batch batch) {
    int start = batch.rows().length();
    int sites = batch.sites().length();
    int stacks = batch.stacks().length();
    long replaced = batch.replaced();
    cut = 0;
    try {
      row(slot, batch);
    } catch (Throwable e) {
      batch.rows().truncate(start);
      batch.sites().truncate(sites);
      batch.stacks().truncate(stacks);
      dictionary.forgetAll();
      throw e;
    }
    batch.rowAdded(start, slot.level());
    nextSeq++;
    replaced = batch.replaced() - replaced;
    if (cut > 0 || replaced > 0) {
      ledger.changed(cut, replaced);
    }
  }

  /** To be called, by any thread, when a batch was lost: its dictionary has to be sent again. */
  public void forgetDictionary() {
    dictionary.forgetAll();
  }

  private void row(LogEventSlot slot, Batch batch) {
    ByteBuilder out = batch.rows();
    String traceId = find(slot, traceIdKeys);
    String spanId = find(slot, spanIdKeys);
    out.putShort(COLUMNS.size());
    putLongField(out, timestamp(slot.loggedAtMicros()));
    putLongField(out, instanceId);
    putLongField(out, nextSeq);
    putLevel(out, slot.level());
    putLongField(out, dictionary.site(shortName(slot.logger()), slot.template(), batch));
    putText(out, slot.thread(), MAX_NAME);
    putMessage(out, slot.message());
    cut += context.encode(slot, traceId, spanId, out) ? 1 : 0;
    putText(out, traceId, MAX_TRACE_ID);
    putText(out, spanId, MAX_TRACE_ID);
    out.putInt(-1);
    putStack(out, slot.throwable(), batch);
  }

  private static long timestamp(long loggedAtMicros) {
    return Math.max(MIN_MICROS, Math.min(MAX_MICROS, loggedAtMicros)) - EPOCH_MICROS;
  }

  private static void putLongField(ByteBuilder out, long value) {
    out.putInt(8);
    out.putLong(value);
  }

  private static void putLevel(ByteBuilder out, Level level) {
    String label = level.name();
    out.putInt(label.length());
    out.putAscii(label);
  }

  private static String shortName(String name) {
    return name.length() <= MAX_NAME ? name : name.substring(0, safeEnd(name, MAX_NAME));
  }

  private void putMessage(ByteBuilder out, @Nullable CharSequence message) {
    putText(out, message == null ? null : redaction.clean(message), limits.message());
  }

  private void putText(ByteBuilder out, @Nullable CharSequence value, int max) {
    if (value == null) {
      out.putInt(-1);
      return;
    }
    int lengthAt = out.length();
    out.putInt(0);
    if (value.length() <= max) {
      out.putUtf8(value, value.length());
    } else {
      cut++;
      out.putUtf8(value, safeEnd(value, max));
      out.putUtf8(CUT_MARK, CUT_MARK.length());
    }
    out.setInt(lengthAt, out.length() - lengthAt - 4);
  }

  private void putStack(ByteBuilder out, @Nullable ThrowableInfo throwable, Batch batch) {
    if (throwable == null) {
      out.putInt(-1);
      return;
    }
    text.setLength(0);
    throwable.appendTo(text, limits.stackTrace());
    if (text.length() > limits.stackTrace()) {
      cut++;
      text.setLength(safeEnd(text, limits.stackTrace()));
      text.append(CUT_MARK);
    }
    UUID id = dictionary.stack(redaction.clean(text.toString()), batch);
    if (text.capacity() > 64 * 1024) {
      text.setLength(0);
      text.trimToSize();
    }
    out.putInt(16);
    out.putLong(id.getMostSignificantBits());
    out.putLong(id.getLeastSignificantBits());
  }

  private static @Nullable String find(LogEventSlot slot, List<String> keys) {
    Map<String, String> map = slot.contextMap();
    for (int k = 0; k < keys.size(); k++) {
      String key = keys.get(k);
      for (int i = slot.keyValueCount() - 1; i >= 0; i--) {
        if (key.equals(slot.key(i)) && slot.value(i) instanceof String id) {
          return id;
        }
      }
      String id = map == null ? null : map.get(key);
      if (id != null) {
        return id;
      }
    }
    return null;
  }

  /** The end of a cut that does not split a pair of surrogates. */
  static int safeEnd(CharSequence text, int max) {
    if (text.length() <= max) {
      return text.length();
    }
    return max > 0 && Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
  }
}
