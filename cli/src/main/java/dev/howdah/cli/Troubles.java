package dev.howdah.cli;

import dev.howdah.journal.DamageListener;
import dev.howdah.journal.SegmentReader;
import java.util.ArrayList;
import java.util.List;

/** Remembers what a reader could not give back. */
final class Troubles implements DamageListener {

  private final List<String> list = new ArrayList<>();

  /** A sentence each. */
  List<String> list() {
    return list;
  }

  @Override
  public void damaged(SegmentReader reader, long offset, long length) {
    list.add("damaged: %d bytes at %d of %s".formatted(length, offset, reader.path()));
  }

  @Override
  public void ofLaterVersion(SegmentReader reader, long offset, long length, String why) {
    list.add(
        "of a later version of Howdah (%s): %d bytes at %d of %s"
            .formatted(why, length, offset, reader.path()));
  }
}
