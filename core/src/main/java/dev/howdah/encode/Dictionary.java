package dev.howdah.encode;

import dev.howdah.batch.Batch;
import dev.howdah.batch.ByteBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends each call site and each distinct stack trace once, and again after a while, so that the
 * server knows which are still in use.
 *
 * <p>Ids are hashes (SHA-256, shortened), the same in every instance and every version: nobody has
 * to ask the database for one. Not thread-safe, but for {@link #forgetAll()}.
 */
final class Dictionary {

  private static final long RESEND_NANOS = TimeUnit.HOURS.toNanos(6);
  private static final int MAX_SITES = 10_000;
  private static final int MAX_STACKS = 1_000;

  /** In characters; what is longer was hardly written by a person, and is not worth a place. */
  private static final int MAX_TEMPLATE = 4096;

  private static final class Site {
    final long id;
    long sentAtNanos;

    Site(long id, long sentAtNanos) {
      this.id = id;
      this.sentAtNanos = sentAtNanos;
    }
  }

  /** A logger's sites: one for plain messages, others by template. */
  private static final class LoggerSites {
    final Map<String, Site> byTemplate = new HashMap<>(4);
    @Nullable Site plain;
  }

  private final Map<String, LoggerSites> loggers = new HashMap<>();
  private final Map<UUID, Long> stacks =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Long> eldest) {
          return size() > MAX_STACKS;
        }
      };
  private final Redaction redaction;
  private final MessageDigest sha256;
  private int siteCount;
  private volatile boolean forget;

  Dictionary(Redaction redaction) {
    this.redaction = redaction;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** To be called, by any thread, when a batch was lost: its entries have to be sent again. */
  void forgetAll() {
    forget = true;
  }

  /** The id of a call site, which the batch will introduce to the server where it has to be. */
  long site(String logger, @Nullable String template, Batch batch) {
    forgetIfAsked();
    LoggerSites sites = loggers.get(logger);
    if (sites == null) {
      sites = new LoggerSites();
      loggers.put(logger, sites);
    }
    // Templates that are made at run time must not fill memory and table: then the logger alone.
    boolean known = template != null && sites.byTemplate.containsKey(template);
    boolean isNew = siteCount < MAX_SITES && template != null && template.length() <= MAX_TEMPLATE;
    String kept = known || isNew ? template : null;
    Site site = kept == null ? sites.plain : sites.byTemplate.get(kept);
    long now = System.nanoTime();
    if (site == null) {
      site = new Site(siteId(logger, kept), now);
      siteCount++;
      if (kept == null) {
        sites.plain = site;
      } else {
        sites.byTemplate.put(kept, site);
      }
      introduce(site.id, logger, kept, batch.sites());
    } else if (now - site.sentAtNanos > RESEND_NANOS) {
      site.sentAtNanos = now;
      introduce(site.id, logger, kept, batch.sites());
    }
    return site.id;
  }

  /** Whether the server knows a stack trace, and that it is in use. */
  boolean hasStack(UUID id) {
    forgetIfAsked();
    Long sentAt = stacks.get(id);
    return sentAt != null && System.nanoTime() - sentAt <= RESEND_NANOS;
  }

  /** The id of a stack trace, which the batch will introduce to the server where it has to be. */
  UUID stack(String text, Batch batch) {
    forgetIfAsked();
    ByteBuffer hash = ByteBuffer.wrap(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    UUID id = new UUID(hash.getLong(), hash.getLong());
    long now = System.nanoTime();
    Long sentAt = stacks.get(id);
    if (sentAt == null || now - sentAt > RESEND_NANOS) {
      stacks.put(id, now);
      ByteBuilder out = batch.stacks();
      out.putAscii(out.length() == 0 ? "{\"id\":\"" : ",{\"id\":\"");
      out.putAscii(id.toString());
      out.putAscii("\",\"text\":");
      out.putJsonString(text, text.length());
      out.put('}');
    }
    return id;
  }

  private void forgetIfAsked() {
    if (forget) {
      forget = false;
      loggers.clear();
      stacks.clear();
      siteCount = 0;
    }
  }

  private long siteId(String logger, @Nullable String template) {
    sha256.update(logger.getBytes(StandardCharsets.UTF_8));
    if (template != null) {
      sha256.update((byte) 0);
      sha256.update(template.getBytes(StandardCharsets.UTF_8));
    }
    return ByteBuffer.wrap(sha256.digest()).getLong();
  }

  private void introduce(long id, String logger, @Nullable String template, ByteBuilder out) {
    out.putAscii(out.length() == 0 ? "{\"id\":" : ",{\"id\":");
    out.putDecimal(id);
    out.putAscii(",\"logger\":");
    out.putJsonString(logger, logger.length());
    if (template != null) {
      out.putAscii(",\"template\":");
      String clean = redaction.clean(template);
      out.putJsonString(clean, clean.length());
    }
    out.put('}');
  }
}
