package dev.howdah.journal;

import java.util.ArrayList;
import java.util.List;

/** Writes down what a reader told. */
final class RecordedDamage implements DamageListener {

  record Stretch(long offset, long length) {}

  final List<Stretch> damaged = new ArrayList<>();
  final List<Stretch> ofLaterVersion = new ArrayList<>();
  final List<String> reasons = new ArrayList<>();

  @Override
  public void damaged(SegmentReader reader, long offset, long length) {
    damaged.add(new Stretch(offset, length));
  }

  @Override
  public void ofLaterVersion(SegmentReader reader, long offset, long length, String why) {
    ofLaterVersion.add(new Stretch(offset, length));
    reasons.add(why);
  }
}
