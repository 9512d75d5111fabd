package dev.howdah.journal;

/** Told by a reader, on its thread, of what it could not give back. */
public interface DamageListener {

  /** For readers that only look. */
  DamageListener NONE =
      new DamageListener() {
        @Override
        public void damaged(SegmentReader reader, long offset, long length) {}

        @Override
        public void ofLaterVersion(SegmentReader reader, long offset, long length, String why) {}
      };

  /**
   * Bytes that are no whole frame.
   *
   * @param reader where they were found; its position may be anywhere
   * @param offset where they start in the file
   * @param length how many, at least 1
   */
  void damaged(SegmentReader reader, long offset, long length);

  /**
   * Bytes that are whole, and that only a later version of Howdah understands. The segment has to
   * be kept for it.
   *
   * @param reader where they were found
   * @param offset where they start in the file
   * @param length how many, at least 1
   * @param why what is not understood
   */
  void ofLaterVersion(SegmentReader reader, long offset, long length, String why);
}
