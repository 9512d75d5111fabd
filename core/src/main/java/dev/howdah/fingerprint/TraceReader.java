package dev.howdah.fingerprint;

import java.util.ArrayList;
import java.util.List;

/** Reads the frames of a chain: what each one's name is normally, and whose code it is. */
final class TraceReader {

  /** Frames of a chain that are looked at: ten times what a JVM keeps of one throwable. */
  private static final int MAX_FRAMES = 10_240;

  private final FrameNormalizer normalizer;
  private final Provenance provenance;

  TraceReader(FrameNormalizer normalizer, Provenance provenance) {
    this.normalizer = normalizer;
    this.provenance = provenance;
  }

  /** The steps of each throwable, root cause first. */
  List<List<Step>> read(CauseChain chain) {
    List<List<Step>> traces = new ArrayList<>();
    int left = MAX_FRAMES;
    for (int i = chain.throwables().size() - 1; i >= 0; i--) {
      StackTraceElement[] trace = chain.throwables().get(i).frames();
      int own = chain.ownFrames(i);
      List<Step> steps = new ArrayList<>();
      for (int k = 0; k < trace.length && left > 0; k++, left--) {
        String name = trace[k].getClassName() + '.' + trace[k].getMethodName();
        steps.add(step(trace[k], normalizer.normalize(name), k >= own));
      }
      traces.add(steps);
    }
    return traces;
  }

  private Step step(StackTraceElement frame, FrameNormalizer.Result normalized, boolean shared) {
    String name = normalized.name();
    return new Step(frame, normalized, provenance.of(name == null ? "" : name), shared);
  }
}
