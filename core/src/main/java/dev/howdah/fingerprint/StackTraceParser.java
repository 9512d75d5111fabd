package dev.howdah.fingerprint;

import dev.howdah.event.ThrowableInfo;
import dev.howdah.fingerprint.TraceLine.Caption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a throwable from the text of its stack trace, as Java, Logback and Log4j2 print it: with
 * causes and suppressed ones, frames that were left out since the trace around has them ({@code ...
 * 12 more}), circular references, the root cause first ({@code Wrapped by:}), packaging data, and
 * behind whatever a log's collector put before each line. Of several traces the first is read.
 *
 * <p>The result is that of the live throwable, less what text doesn't tell: SQLState and loaders.
 * Time and memory are linear in the length of the text.
 */
public final class StackTraceParser {

  private static final int MAX_THROWABLES = 256;
  private static final int MAX_RESTORED = 100_000;

  /** A throwable being read. */
  private static final class Draft {
    private final int indent;
    private HeaderLine header;
    private StringBuilder description;
    private List<StackTraceElement> frames = new ArrayList<>();
    private List<Draft> suppressed = new ArrayList<>();
    private int omitted;
    private boolean isCircular;
    private @Nullable Draft cause;

    Draft(HeaderLine header, int indent) {
      this.indent = indent;
      this.header = header;
      this.description = new StringBuilder(header.description());
    }

    boolean isInMessage() {
      return frames.isEmpty() && omitted == 0 && suppressed.isEmpty() && cause == null;
    }

    /** What was read becomes the cause of one that is yet to be read, in the same place. */
    void wrap(HeaderLine wrapper) {
      Draft inner = new Draft(header, indent);
      inner.description = description;
      inner.frames = frames;
      inner.suppressed = suppressed;
      inner.omitted = omitted;
      inner.cause = cause;
      header = wrapper;
      description = new StringBuilder(wrapper.description());
      frames = new ArrayList<>();
      suppressed = new ArrayList<>();
      omitted = 0;
      cause = inner;
    }
  }

  private final List<String> preamble = new ArrayList<>();
  private final Deque<Draft> open = new ArrayDeque<>();
  private @Nullable Draft outermost;
  private int count;
  private int restored;

  private StackTraceParser() {}

  /**
   * Reads a stack trace.
   *
   * @param text the text, also with other lines around it
   * @return the throwable; empty when the text has no stack trace
   */
  public static Optional<ThrowableInfo> parse(String text) {
    return new StackTraceParser().read(text);
  }

  private Optional<ThrowableInfo> read(String text) {
    List<String> lines = CollectedLines.of(text);
    for (String line : lines) {
      if (!take(TraceLine.of(line))) {
        break;
      }
    }
    if (outermost == null) {
      begin();
    }
    return outermost == null
        ? Optional.empty()
        : Optional.of(finish(outermost, new StackTraceElement[0]));
  }

  /** Takes the next line; false when it is beyond the trace. */
  private boolean take(TraceLine line) {
    if (outermost == null && !line.isPartOfTrace()) {
      preamble.add(line.raw());
      return true;
    }
    if (outermost == null && !begin()) {
      beginAtCause(line);
      return true;
    }
    Draft current = open.getLast();
    return line.isPartOfTrace() ? takePart(line, current) : takeOther(line, current);
  }

  private boolean takePart(TraceLine line, Draft current) {
    if (line.caption() != null) {
      return open(line.caption(), line.behindCaption(), line.indent());
    }
    if (line.frame() != null) {
      current.frames.add(line.frame());
    } else if (line.omitted() > 0) {
      current.omitted = line.omitted();
    } else {
      current.cause = circular(line.text(), line.indent());
    }
    return true;
  }

  private static boolean takeOther(TraceLine line, Draft current) {
    if (current.isInMessage()) {
      current.description.append('\n').append(line.raw());
      return true;
    }
    return line.indent() > 0 || !HeaderLine.of(line.text()).namesThrowable();
  }

  /** Finds the header in the lines before; false without one: what follows is no trace. */
  private boolean begin() {
    int index = HeaderLine.indexIn(preamble);
    HeaderLine header = index < 0 ? headerWithin() : HeaderLine.of(preamble.get(index).strip());
    if (header == null) {
      preamble.clear();
      return false;
    }
    begin(new Draft(header, index < 0 ? 0 : TraceLine.indent(preamble.get(index))));
    for (int i = index + 1; index >= 0 && i < preamble.size(); i++) {
      open.getLast().description.append('\n').append(preamble.get(i));
    }
    return true;
  }

  /** The text may be what was left of a trace when its head was cut. */
  private void beginAtCause(TraceLine line) {
    HeaderLine header = HeaderLine.of(line.behindCaption());
    if (line.caption() == Caption.CAUSED_BY && header.namesThrowable()) {
      begin(new Draft(header, line.indent()));
    }
  }

  private void begin(Draft draft) {
    outermost = draft;
    open.add(draft);
    count = 1;
  }

  private @Nullable HeaderLine headerWithin() {
    for (int i = preamble.size() - 1; i >= 0; i--) {
      HeaderLine header = HeaderLine.within(preamble.get(i));
      if (header != null) {
        return header;
      }
    }
    return null;
  }

  private boolean open(Caption caption, String text, int indent) {
    if (++count > MAX_THROWABLES) {
      return false;
    }
    int innerTo = caption == Caption.SUPPRESSED ? indent - 1 : indent;
    while (open.size() > 1 && open.getLast().indent > innerTo) {
      open.removeLast();
    }
    Draft holder = open.getLast();
    if (caption == Caption.WRAPPED_BY) {
      holder.wrap(HeaderLine.of(text));
      return true;
    }
    Draft draft =
        text.startsWith(TraceLine.CIRCULAR)
            ? circular(text, indent)
            : new Draft(HeaderLine.of(text), indent);
    if (caption == Caption.SUPPRESSED) {
      holder.suppressed.add(draft);
    } else {
      holder.cause = draft;
    }
    open.add(draft);
    return true;
  }

  private static Draft circular(String text, int indent) {
    String named = text.substring(TraceLine.CIRCULAR.length());
    int from = named.startsWith(":") ? 1 : 0;
    Draft draft = new Draft(HeaderLine.of(named.substring(from).strip()), indent);
    draft.isCircular = true;
    return draft;
  }

  private ThrowableInfo finish(Draft draft, StackTraceElement[] around) {
    int common = Math.min(Math.min(draft.omitted, around.length), MAX_RESTORED - restored);
    restored += common;
    StackTraceElement[] frames =
        draft.frames.toArray(new StackTraceElement[draft.frames.size() + common]);
    System.arraycopy(around, around.length - common, frames, draft.frames.size(), common);
    List<ThrowableInfo> suppressed = new ArrayList<>();
    for (Draft other : draft.suppressed) {
      suppressed.add(finish(other, frames));
    }
    return new ThrowableInfo(
        description(draft),
        draft.header.className(),
        null,
        frames,
        draft.cause == null ? null : finish(draft.cause, frames),
        List.copyOf(suppressed),
        draft.isCircular);
  }

  private static String description(Draft draft) {
    String text = draft.description.toString().stripTrailing();
    return draft.isCircular && text.endsWith("]")
        ? text.substring(0, text.length() - 1).stripTrailing()
        : text;
  }
}
