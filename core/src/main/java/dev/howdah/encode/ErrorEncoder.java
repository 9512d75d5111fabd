package dev.howdah.encode;

import dev.howdah.batch.Batch;
import dev.howdah.batch.ByteBuilder;
import dev.howdah.event.LogEventSlot;
import dev.howdah.event.ThrowableInfo;
import dev.howdah.fingerprint.Basis;
import dev.howdah.fingerprint.ErrorEvent;
import dev.howdah.fingerprint.Explanation;
import dev.howdah.fingerprint.Fingerprint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Turns events with a throwable into occurrences of groups. Not thread-safe, but for {@link
 * #forgetAll()}.
 */
final class ErrorEncoder {

  /** The columns in the order in which the fields are written. */
  static final List<String> COLUMNS =
      List.of(
          "occurred_at",
          "instance_id",
          "seq",
          "context",
          "trace_id",
          "span_id",
          "group_id",
          "stack_id",
          "exception_type",
          "message",
          "weight",
          "capture_id");

  /** Time, instance and number of a row: three fields of 8 bytes with their lengths. */
  private static final int KEY_BYTES = 3 * 12;

  private static final int COUNT_OF_FIELDS = 2;
  private static final long RESEND_NANOS = TimeUnit.HOURS.toNanos(6);
  private static final int MAX_GROUPS = 10_000;
  private static final int MAX_NAME = 512;

  private final ErrorOptions options;
  private final Redaction redaction;
  private final int maxMessage;
  private final MessageDigest sha256;
  private final List<ErrorGroup> inBatch = new ArrayList<>();
  private final Map<String, ErrorGroup> groups =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ErrorGroup> eldest) {
          return size() > MAX_GROUPS;
        }
      };

  private final AtomicInteger epoch = new AtomicInteger();

  ErrorEncoder(ErrorOptions options, Redaction redaction, int maxMessage) {
    this.options = options;
    this.redaction = redaction;
    this.maxMessage = maxMessage;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** To be called, by any thread, when a batch was lost: its groups have to be sent again. */
  void forgetAll() {
    epoch.incrementAndGet();
  }

  /** The group of an event, or null when it is no error. */
  @Nullable ErrorGroup group(LogEventSlot slot, @Nullable KnownStack stack) {
    if (stack == null || slot.level().compareTo(options.level()) < 0) {
      return null;
    }
    ErrorEvent event = event(slot);
    Fingerprint byDefault = stack.byDefault();
    ErrorGroup known =
        byDefault == null
            ? null
            : groups.get(options.fingerprinter().fingerprint(event, byDefault).value());
    return known == null ? explained(event, slot, stack) : known;
  }

  /** A group that is new, or a stack: its title is of this very event. */
  private ErrorGroup explained(ErrorEvent event, LogEventSlot slot, KnownStack stack) {
    Explanation explanation = options.fingerprinter().explain(event);
    if (isOfTheStack(explanation.basis())) {
      stack.explained(explanation.byDefault());
    }
    return group(explanation, slot);
  }

  private static ErrorEvent event(LogEventSlot slot) {
    CharSequence message = slot.message();
    return new ErrorEvent(
        slot.throwable(),
        slot.logger(),
        slot.template(),
        message == null ? null : message.toString(),
        key -> context(slot, key));
  }

  private ErrorGroup group(Explanation explanation, LogEventSlot slot) {
    Fingerprint fingerprint = explanation.fingerprint();
    ErrorGroup group = groups.get(fingerprint.value());
    if (group == null) {
      group =
          new ErrorGroup(
              id(fingerprint.value()),
              fingerprint,
              type(explanation, slot.throwable()),
              slot.level(),
              slot.logger(),
              slot.loggedAtMicros());
      groups.put(fingerprint.value(), group);
    }
    return group;
  }

  /** That of the outermost throwable that is no mere wrapper. */
  private static String type(Explanation explanation, ThrowableInfo throwable) {
    ThrowableInfo at = throwable;
    for (Explanation.Thrown thrown : explanation.throwables()) {
      if (thrown.counts() || at.cause() == null) {
        return at.className();
      }
      at = at.cause();
    }
    return throwable.className();
  }

  private static boolean isOfTheStack(Basis basis) {
    return basis != Basis.MESSAGE && basis != Basis.LOGGER;
  }

  private long id(String fingerprint) {
    sha256.update(fingerprint.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) 0);
    sha256.update(options.service().getBytes(StandardCharsets.UTF_8));
    if (options.environment() != null) {
      sha256.update((byte) 0);
      sha256.update(options.environment().getBytes(StandardCharsets.UTF_8));
    }
    return ByteBuffer.wrap(sha256.digest()).getLong();
  }

  private static @Nullable String context(LogEventSlot slot, String key) {
    for (int i = slot.keyValueCount() - 1; i >= 0; i--) {
      if (key.equals(slot.key(i)) && slot.value(i) != null) {
        return slot.value(i).toString();
      }
    }
    Map<String, String> map = slot.contextMap();
    return map == null ? null : map.get(key);
  }

  /** Whether an occurrence gets a row of its own. */
  boolean keeps(ErrorGroup group, LogEventSlot slot) {
    return group.keeps(slot.loggedAtMicros(), options.perSecond());
  }

  /**
   * Counts an occurrence, and adds a row of it.
   *
   * @param slot the event
   * @param batch where its row is the last
   * @param rowAt where the row starts
   * @param contextAt where in it the fields from the context on are
   * @param group whose occurrence it is
   * @param isKept whether it gets a row
   */
  void add(
      LogEventSlot slot, Batch batch, int rowAt, int contextAt, ErrorGroup group, boolean isKept) {
    introduce(group, batch);
    if (isKept) {
      addRow(slot, batch, rowAt, contextAt, group);
    } else {
      batch.occurrences().setInt(group.weightAt(), group.heavier());
    }
    if (group.count(slot.loggedAtMicros())) {
      inBatch.add(group);
    }
  }

  private void addRow(LogEventSlot slot, Batch batch, int rowAt, int contextAt, ErrorGroup group) {
    ByteBuilder row = batch.rows();
    ByteBuilder out = batch.occurrences();
    int start = out.length();
    out.putShort(COLUMNS.size());
    out.putBytes(row.array(), rowAt + COUNT_OF_FIELDS, KEY_BYTES);
    out.putBytes(row.array(), contextAt, row.length() - contextAt);
    ThrowableInfo named = named(slot.throwable(), group.exceptionType());
    RowEncoder.putCut(out, named.className(), MAX_NAME);
    RowEncoder.putCut(out, redaction.clean(message(named, slot)), maxMessage);
    out.putInt(4);
    int weightAt = out.length();
    out.putInt(1);
    RowEncoder.putUuid(out, slot.captureId());
    batch.occurrenceAdded(start);
    group.keptAt(weightAt);
  }

  /** The throwable of the chain that gave the group its type. */
  private static ThrowableInfo named(ThrowableInfo throwable, String type) {
    for (ThrowableInfo at = throwable; at != null; at = at.cause()) {
      if (at.className().equals(type)) {
        return at;
      }
    }
    return throwable;
  }

  /** What the throwable says; where it says nothing, what was logged. */
  private static CharSequence message(ThrowableInfo throwable, LogEventSlot slot) {
    String description = throwable.description();
    String type = throwable.className();
    if (description.equals(type)) {
      return slot.message() == null ? "" : slot.message();
    }
    return description.startsWith(type + ": ")
        ? description.substring(type.length() + 2)
        : description;
  }

  private void introduce(ErrorGroup group, Batch batch) {
    long now = System.nanoTime();
    int present = epoch.get();
    if (group.sentEpoch == present && now - group.sentAtNanos < RESEND_NANOS) {
      return;
    }
    ByteBuilder out = batch.groups();
    out.putAscii(out.length() == 0 ? "{\"id\":" : ",{\"id\":");
    out.putDecimal(group.id());
    putField(out, "fingerprint", group.fingerprint().value());
    putField(out, "type", group.exceptionType());
    putField(out, "title", redaction.clean(group.fingerprint().title()));
    putField(out, "culprit", group.fingerprint().culprit());
    putField(out, "level", group.level().name());
    putField(out, "logger", group.logger());
    out.putAscii(",\"at\":" + group.firstAtMicros() + "}");
    group.sentEpoch = present;
    group.sentAtNanos = now;
  }

  private static void putField(ByteBuilder out, String name, String value) {
    out.putAscii(",\"" + name + "\":");
    out.putJsonString(value, value.length());
  }

  /** Adds the counts to a batch that gets no more rows. */
  void finish(Batch batch) {
    ByteBuilder out = batch.counts();
    for (ErrorGroup group : inBatch) {
      out.putAscii(out.length() == 0 ? "{\"id\":" : ",{\"id\":");
      out.putDecimal(group.id());
      out.putAscii(",\"n\":" + group.count());
      out.putAscii(",\"first\":" + group.first());
      out.putAscii(",\"last\":" + group.last() + "}");
      group.startAgain();
    }
    inBatch.clear();
  }
}
