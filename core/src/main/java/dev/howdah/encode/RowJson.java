package dev.howdah.encode;

import dev.howdah.batch.Batch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads what {@link RowEncoder} wrote, for people: a row as a JSON object. */
public final class RowJson {

  private static final long EPOCH_SECONDS = 946_684_800;

  /** Numbers as they are, however long: they may be why PostgreSQL refused the row. */
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private RowJson() {}

  /**
   * Adds the fields of a row that are not null to an object, each under the name of its column.
   *
   * @param batch where the row is
   * @param row its index
   * @param to where the fields go
   */
  public static void add(Batch batch, int row, ObjectNode to) {
    int start = batch.offset(row);
    ByteBuffer in = ByteBuffer.wrap(batch.rows().array(), start, batch.offset(row + 1) - start);
    int fields = in.getShort();
    for (int i = 0; i < fields; i++) {
      int length = in.getInt();
      if (length >= 0) {
        byte[] value = new byte[length];
        in.get(value);
        String column = RowEncoder.COLUMNS.get(i);
        to.set(column, value(column, value));
      }
    }
  }

  /** {@return an empty object} */
  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  private static JsonNode value(String column, byte[] value) {
    ByteBuffer in = ByteBuffer.wrap(value);
    return switch (column) {
      case "logged_at" -> {
        Instant epoch = Instant.ofEpochSecond(EPOCH_SECONDS);
        yield text(epoch.plus(in.getLong(), ChronoUnit.MICROS).toString());
      }
      case "context" -> context(new String(value, 1, value.length - 1, StandardCharsets.UTF_8));
      case "stack_id" -> text(new UUID(in.getLong(), in.getLong()).toString());
      case "instance_id", "seq", "site_id", "group_id" ->
          JSON.getNodeFactory().numberNode(in.getLong());
      default -> text(new String(value, StandardCharsets.UTF_8));
    };
  }

  private static JsonNode context(String json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      return text(json); // Deeper or longer than Jackson reads; better as a text than not at all.
    }
  }

  private static JsonNode text(String value) {
    return JSON.getNodeFactory().stringNode(value);
  }
}
