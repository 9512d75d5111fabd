package dev.howdah.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.howdah.batch.Batch;
import dev.howdah.event.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Made-up batches, and what of a batch must come back. */
final class TestBatches {

  private TestBatches() {}

  static JournalOwner owner(long instanceId) {
    return new JournalOwner(
        instanceId, "checkout", "test", null, "host", 42, Instant.parse("2026-11-24T10:15:30Z"));
  }

  /** Rows of four fields: a number, NULL, an empty text, and bytes of some length. */
  static Batch batch(long number, int rows, int maxField, Random random) {
    return batch(number, rows, maxField, random, random);
  }

  /** The sizes depend on one sequence of random numbers, the bytes on another. */
  static Batch batch(long number, int rows, int maxField, Random sizes, Random bytes) {
    Batch batch = new Batch();
    batch.number(number);
    for (int row = 0; row < rows; row++) {
      int start = batch.rows().length();
      batch.rows().putShort(4);
      batch.rows().putInt(8);
      batch.rows().putLong(bytes.nextLong());
      batch.rows().putInt(-1);
      batch.rows().putInt(0);
      byte[] field = new byte[sizes.nextInt(maxField)];
      bytes.nextBytes(field);
      batch.rows().putInt(field.length);
      batch.rows().putBytes(field);
      batch.rowAdded(start, Level.values()[bytes.nextInt(Level.values().length)]);
    }
    if (number % 2 == 0) {
      batch.sites().putAscii("{\"id\":" + number + ",\"logger\":\"a.B\"}");
      batch.stacks().putAscii("{\"id\":\"x\",\"text\":\"at a.B\"}");
    }
    return batch;
  }

  /** All of a batch that the database or the ledger gets to see, as one list to compare. */
  static List<Object> content(Batch batch) {
    List<Object> content = new ArrayList<>();
    content.add(batch.number());
    content.add(Arrays.toString(Arrays.copyOf(batch.rows().array(), batch.rows().length())));
    content.add(new String(batch.sites().array(), 0, batch.sites().length(), US_ASCII));
    content.add(new String(batch.stacks().array(), 0, batch.stacks().length(), US_ASCII));
    for (int row = 0; row <= batch.count(); row++) {
      content.add(batch.offset(row));
    }
    for (int row = 0; row < batch.count(); row++) {
      content.add(batch.level(row));
    }
    for (Level level : Level.values()) {
      content.add(batch.count(level));
    }
    return content;
  }

  static boolean isSame(Batch a, Batch b) {
    return a.number() == b.number()
        && a.count() == b.count()
        && Arrays.equals(
            a.rows().array(), 0, a.rows().length(), b.rows().array(), 0, b.rows().length())
        && Arrays.equals(
            a.sites().array(), 0, a.sites().length(), b.sites().array(), 0, b.sites().length())
        && Arrays.equals(
            a.stacks().array(), 0, a.stacks().length(), b.stacks().array(), 0, b.stacks().length())
        && Arrays.equals(a.levels(), 0, a.count(), b.levels(), 0, b.count());
  }
}
