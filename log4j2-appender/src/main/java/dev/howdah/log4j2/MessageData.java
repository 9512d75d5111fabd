package dev.howdah.log4j2;

import dev.howdah.encode.Redaction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.message.MapMessage;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.message.ObjectArrayMessage;
import org.apache.logging.log4j.message.ObjectMessage;
import org.apache.logging.log4j.message.ReusableMessage;
import org.apache.logging.log4j.message.StringMapMessage;
import org.apache.logging.log4j.message.StructuredDataMessage;
import org.apache.logging.log4j.util.StringBuilderFormattable;
import org.apache.logging.log4j.util.TriConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a message says: its text, its template, and the values that it carries beside the text.
 * Thread-safe.
 */
final class MessageData {

  /** Key of the object that was logged as a message. */
  private static final String OBJECT = "object";

  private static final String STRUCTURED_ID = "sd_id";
  private static final String STRUCTURED_TYPE = "sd_type";

  /** Adds a key and its value, one after the other. */
  static final TriConsumer<String, @Nullable Object, List<@Nullable Object>> COLLECT =
      (key, value, entries) -> {
        entries.add(key);
        entries.add(value);
      };

  private final Redaction redaction;

  MessageData(Redaction redaction) {
    this.redaction = redaction;
  }

  /** Appends the text. Returns false when there is none. */
  boolean format(@Nullable Message message, StringBuilder out) {
    Message shown = message instanceof MapMessage<?, ?> map ? withoutSecrets(map) : message;
    if (shown instanceof StringBuilderFormattable formattable) {
      formattable.formatTo(out);
      return true;
    }
    String text = shown == null ? null : shown.getFormattedMessage();
    if (text == null) {
      return false;
    }
    out.append(text);
    return true;
  }

  /** The text before its arguments were put in; null where there were none. */
  @SuppressWarnings("deprecation") // getFormat(): nothing else tells it.
  @Nullable String template(@Nullable Message message, CharSequence text) {
    if (message == null || !hasArguments(message)) {
      return null;
    }
    String format = message.getFormat();
    return format == null || format.isEmpty() || format.contentEquals(text) ? null : format;
  }

  private static boolean hasArguments(Message message) {
    if (message instanceof ReusableMessage reusable) {
      return reusable.getParameterCount() > 0; // Its getParameters() makes a copy.
    }
    if (message instanceof ObjectMessage
        || message instanceof ObjectArrayMessage
        || message instanceof StructuredDataMessage) {
      return false;
    }
    Object[] parameters = message.getParameters();
    return parameters != null && parameters.length > 0;
  }

  /** The exception that was logged as the message itself: Log4j2 keeps it nowhere else. */
  @Nullable Throwable thrown(@Nullable Message message) {
    return loggedObject(message) instanceof Throwable throwable ? throwable : null;
  }

  /** Adds keys and values of messages that are more than text. */
  void collect(@Nullable Message message, List<@Nullable Object> entries) {
    if (message instanceof StructuredDataMessage structured) {
      COLLECT.accept(STRUCTURED_ID, String.valueOf(structured.getId()), entries);
      COLLECT.accept(STRUCTURED_TYPE, structured.getType(), entries);
    }
    if (message instanceof MapMessage<?, ?> map) {
      map.forEach(COLLECT, entries);
      return;
    }
    Object object = loggedObject(message);
    if (object != null && !(object instanceof CharSequence) && !(object instanceof Throwable)) {
      COLLECT.accept(OBJECT, object, entries);
    }
  }

  @SuppressWarnings("deprecation") // getFormat(), as above.
  private static @Nullable Object loggedObject(@Nullable Message message) {
    if (message instanceof ObjectMessage holder) {
      return holder.getParameter();
    }
    // A reused object message: in an event of Log4j2's rings nothing else tells what it was.
    return message instanceof ReusableMessage reusable
            && reusable.getParameterCount() == 1
            && reusable.getFormat() == null
        ? reusable.getParameters()[0]
        : null;
  }

  /** The text of a map message shows all of its values; a class of the user's has its own text. */
  private Message withoutSecrets(MapMessage<?, ?> map) {
    Class<?> type = map.getClass();
    boolean known =
        type == MapMessage.class
            || type == StringMapMessage.class
            || type == StructuredDataMessage.class;
    return known && holdsSecret(map) ? redacted(map) : map;
  }

  private boolean holdsSecret(MapMessage<?, ?> map) {
    var data = map.getIndexedReadOnlyStringMap();
    for (int i = 0; i < data.size(); i++) {
      if (redaction.hides(data.getKeyAt(i))) {
        return true;
      }
    }
    return false;
  }

  private <V> Message redacted(MapMessage<?, V> map) {
    Map<String, V> data = new LinkedHashMap<>(map.getData());
    // The mark is a text; what map.newInstance() makes of the copy is only formatted.
    @SuppressWarnings("unchecked")
    V mark = (V) Redaction.MARK;
    data.replaceAll((key, value) -> redaction.hides(key) ? mark : value);
    return (Message) map.newInstance(data);
  }
}
