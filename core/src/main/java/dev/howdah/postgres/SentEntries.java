package dev.howdah.postgres;

import dev.howdah.batch.Batch;
import dev.howdah.batch.ByteBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The call sites, stack traces and groups of errors that the server has. A batch that went over the
 * disk brings all that its rows refer to, so that it can be understood alone; most of that the
 * batches before it have brought too. For one thread.
 */
final class SentEntries {

  /** The server notes once an hour that an entry is still in use. */
  private static final long FORGET_NANOS = TimeUnit.HOURS.toNanos(1);

  private static final int MAX_ENTRIES = 20_000;

  /** In a text of JSON's a quote follows a backslash, so this stands between two entries only. */
  private static final String BETWEEN = ",{\"id\":";

  private final Set<String> groups = new HashSet<>();
  private final Set<String> ids = new HashSet<>();
  private long since = System.nanoTime();

  /** The part of a batch's dictionary that has to be sent, as JSON; empty when there is none. */
  String missing(Batch batch) {
    if (System.nanoTime() - since > FORGET_NANOS) {
      forget();
    }
    String sites = missing(batch.sites(), ids);
    String stacks = missing(batch.stacks(), ids);
    return sites.isEmpty() && stacks.isEmpty()
        ? ""
        : "{\"sites\":[" + sites + "],\"stacks\":[" + stacks + "]}";
  }

  /** The groups and counts of a batch, as JSON; empty when it has no errors. */
  String errors(Batch batch) {
    ByteBuilder counts = batch.counts();
    return counts.length() == 0
        ? ""
        : "{\"groups\":["
            + missing(batch.groups(), groups)
            + "],\"counts\":["
            + text(counts)
            + "]}";
  }

  private static String missing(ByteBuilder section, Set<String> ids) {
    StringBuilder missing = new StringBuilder();
    for (String entry : entries(section)) {
      if (!ids.contains(id(entry))) {
        missing.append(missing.isEmpty() ? "" : ",").append(entry);
      }
    }
    return missing.toString();
  }

  /** To be called when a batch is committed. */
  void add(Batch batch) {
    if (ids.size() + groups.size() > MAX_ENTRIES) {
      forget();
    }
    entries(batch.sites()).forEach(entry -> ids.add(id(entry)));
    entries(batch.stacks()).forEach(entry -> ids.add(id(entry)));
    entries(batch.groups()).forEach(entry -> groups.add(id(entry)));
  }

  /** To be called when the server may have lost what it had. */
  void forget() {
    ids.clear();
    groups.clear();
    since = System.nanoTime();
  }

  private static List<String> entries(ByteBuilder section) {
    String text = text(section);
    List<String> entries = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int next = text.indexOf(BETWEEN, start + 1);
      int end = next < 0 ? text.length() : next;
      entries.add(text.substring(start, end));
      start = end + 1;
    }
    return entries;
  }

  private static String text(ByteBuilder section) {
    return new String(section.array(), 0, section.length(), StandardCharsets.UTF_8);
  }

  /** A site's is a number and a stack's is in quotes: they never meet. */
  private static String id(String entry) {
    return entry.substring(0, entry.indexOf(','));
  }
}
