package dev.howdah.fingerprint;

import dev.howdah.event.ThrowableInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Decides by what an error is grouped: the first {@link Basis} that there is. Immutable.
 *
 * <p>The types of the chain without wrappers always count with frames, since one method can fail in
 * several ways. The message doesn't where there is a frame: what varies in it can't be told from
 * what doesn't in all cases.
 */
final class Grouping {

  private static final MessageParameterizer PARAMETERS = MessageParameterizer.ofEverything();

  private final List<OwnNormalizer> own;
  private final FrameNormalizer normalizer;
  private final TraceReader traceReader;

  Grouping(Provenance provenance, List<OwnNormalizer> own) {
    this.own = own;
    this.normalizer = new FrameNormalizer(own);
    this.traceReader = new TraceReader(normalizer, provenance);
  }

  Findings of(ErrorEvent event) {
    if (event.throwable() == null) {
      return ofWords(event);
    }
    CauseChain chain = new CauseChain(event.throwable());
    for (ThrowableInfo throwable : chain.rootFirst()) {
      SqlFault fault = SqlFault.of(throwable);
      if (fault != null && fault.serverWide()) {
        return ofServer(chain, throwable, fault);
      }
    }
    return ofChain(event, chain);
  }

  private Findings ofWords(ErrorEvent event) {
    String message = event.message();
    return new Findings(
        event.wording() == null ? Basis.LOGGER : Basis.MESSAGE,
        loggerAndWording(event),
        message == null ? event.logger() : Title.of(message),
        event.logger(),
        List.of());
  }

  private Findings ofServer(CauseChain chain, ThrowableInfo throwable, SqlFault fault) {
    return new Findings(
        Basis.SERVER_FAULT,
        List.of(fault.text()),
        Title.of(throwable),
        fault.text(),
        explained(chain, traceReader.read(chain)));
  }

  private Findings ofChain(ErrorEvent event, CauseChain chain) {
    List<List<Step>> traces = traceReader.read(chain);
    CountedFrames counted = CountedFrames.of(chain, traces);
    List<String> parts = new ArrayList<>();
    chain.types(normalizer).forEach(type -> parts.add("type " + type));
    String message = chain.message();
    Basis basis = counted.basis();
    if (!counted.frames().isEmpty()) {
      parts.addAll(counted.parts());
    } else if (message != null) {
      parts.add("message " + parameterized(message));
    } else {
      basis = Basis.LOGGER;
      parts.addAll(loggerAndWording(event));
    }
    ThrowableInfo root = chain.root();
    return new Findings(
        basis,
        List.copyOf(parts),
        Title.of(root),
        culprit(event, root, counted),
        explained(chain, traces));
  }

  private List<String> loggerAndWording(ErrorEvent event) {
    String wording = event.wording();
    return wording == null
        ? List.of("logger " + event.logger())
        : List.of("logger " + event.logger(), "message " + parameterized(wording));
  }

  private static String culprit(ErrorEvent event, ThrowableInfo root, CountedFrames counted) {
    if (counted.basis() != Basis.IN_APP_FRAMES && !event.logger().isEmpty()) {
      return event.logger();
    }
    return counted.frames().isEmpty() ? root.className() : counted.frames().get(0).name();
  }

  private String parameterized(String message) {
    String text = MessageParameterizer.cut(message);
    for (OwnNormalizer rule : own) {
      text = rule.apply(text);
    }
    return PARAMETERS.parameterize(text);
  }

  private static List<Explanation.Thrown> explained(CauseChain chain, List<List<Step>> traces) {
    List<List<Step>> outermostFirst = new ArrayList<>(traces);
    Collections.reverse(outermostFirst);
    List<Explanation.Thrown> thrown = new ArrayList<>();
    for (int i = 0; i < outermostFirst.size(); i++) {
      ThrowableInfo throwable = chain.throwables().get(i);
      thrown.add(
          new Explanation.Thrown(
              throwable.description(),
              !Wrappers.seesThrough(throwable),
              outermostFirst.get(i).stream().map(Step::explained).toList()));
    }
    return List.copyOf(thrown);
  }
}
