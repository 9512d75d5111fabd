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

  /** The columns of an occurrence of an error, likewise. */
  public static final List<String> OCCURRENCE_COLUMNS = ErrorEncoder.COLUMNS;

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
  private final ErrorEncoder errors;
  private final StackCache knownStacks = new StackCache();
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
   * @param errors which events are errors
   * @param ledger counts what was cut and replaced
   */
  public RowEncoder(
      long instanceId,
      TextLimits limits,
      Redaction redaction,
      List<String> traceIdKeys,
      List<String> spanIdKeys,
      ErrorOptions errors,
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
    this.errors = new ErrorEncoder(errors, redaction, limits.message());
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
    int groups = batch.groups().length();
    int occurrences = batch.occurrences().length();
    int occurrenceCount = batch.occurrenceCount();
    long replaced = batch.replaced();
    cut = 0;
    try {
      row(slot, batch);
    } catch (Throwable e) {
      batch.rows().truncate(start);
      batch.sites().truncate(sites);
      batch.stacks().truncate(stacks);
      batch.groups().truncate(groups);
      batch.truncateOccurrences(occurrenceCount, occurrences);
      forgetDictionary();
      throw e;
    }
    batch.rowAdded(start, slot.level());
    nextSeq++;
    replaced = batch.replaced() - replaced;
    if (cut > 0 || replaced > 0) {
      ledger.changed(cut, replaced);
    }
  }

  /**
   * To be called when a batch gets no more rows: adds how often each error occurred.
   *
   * @param batch the batch
   */
  public void finish(Batch batch) {
    errors.finish(batch);
  }

  /** To be called, by any thread, when a batch was lost: its dictionary has to be sent again. */
  public void forgetDictionary() {
    dictionary.forgetAll();
    errors.forgetAll();
  }

  private void row(LogEventSlot slot, Batch batch) {
    ByteBuilder out = batch.rows();
    int start = out.length();
    StackShape shape = slot.throwable() == null ? null : StackShape.of(slot.throwable());
    KnownStack stack = shape == null ? null : knownStacks.get(shape);
    ErrorGroup group = errors.group(slot, stack);
    boolean isKept = group == null || errors.keeps(group, slot);
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
    int contextAt = out.length();
    cut += context.encode(slot, traceId, spanId, out) ? 1 : 0;
    putText(out, traceId, MAX_TRACE_ID);
    putText(out, spanId, MAX_TRACE_ID);
    if (shape == null || stack == null) {
      out.putInt(-1);
      out.putInt(-1);
      return;
    }
    putGroup(out, group);
    putStack(out, shape, stack, isKept, batch);
    if (group != null) {
      errors.add(slot, batch, start, contextAt, group, isKept);
    }
  }

  private static void putGroup(ByteBuilder out, @Nullable ErrorGroup group) {
    if (group == null) {
      out.putInt(-1);
    } else {
      putLongField(out, group.id());
    }
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
    cut += value.length() > max ? 1 : 0;
    putCut(out, value, max);
  }

  /** A field of text; of one that is too long what fits, and a mark. */
  static void putCut(ByteBuilder out, CharSequence value, int max) {
    int lengthAt = out.length();
    out.putInt(0);
    out.putUtf8(value, safeEnd(value, max));
    if (value.length() > max) {
      out.putUtf8(CUT_MARK, CUT_MARK.length());
    }
    out.setInt(lengthAt, out.length() - lengthAt - 4);
  }

  /** A field of a UUID, or of NULL. */
  static void putUuid(ByteBuilder out, @Nullable UUID id) {
    if (id == null) {
      out.putInt(-1);
      return;
    }
    out.putInt(16);
    out.putLong(id.getMostSignificantBits());
    out.putLong(id.getLeastSignificantBits());
  }

  private void putStack(
      ByteBuilder out, StackShape shape, KnownStack stack, boolean isKept, Batch batch) {
    KnownStack.Text known = stack.last();
    if (known == null || isKept || !dictionary.hasStack(known.id())) {
      known = stackText(shape, stack, batch);
    }
    cut += known.isCut() ? 1 : 0;
    putUuid(out, known.id());
  }

  /** The text of just this throwable, which the batch will introduce where it has to be. */
  private KnownStack.Text stackText(StackShape shape, KnownStack stack, Batch batch) {
    String descriptions = shape.descriptions();
    KnownStack.Text known = stack.text(descriptions);
    if (known == null || !dictionary.hasStack(known.id())) {
      known = render(shape.throwable(), batch);
      stack.made(descriptions, known);
    }
    return known;
  }

  private KnownStack.Text render(ThrowableInfo throwable, Batch batch) {
    text.setLength(0);
    throwable.appendTo(text, limits.stackTrace());
    boolean isCut = text.length() > limits.stackTrace();
    if (isCut) {
      text.setLength(safeEnd(text, limits.stackTrace()));
      text.append(CUT_MARK);
    }
    UUID id = dictionary.stack(redaction.clean(text.toString()), batch);
    if (text.capacity() > 64 * 1024) {
      text.setLength(0);
      text.trimToSize();
    }
    return new KnownStack.Text(id, isCut);
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
