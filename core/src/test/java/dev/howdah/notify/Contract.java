package dev.howdah.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a receiver expects: a JSON Schema, and files that show what it gets. */
final class Contract {

  private final Schema schema;

  private Contract(JsonNode schema) {
    this.schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
  }

  static Contract of(String file) {
    return new Contract(json(text(file)));
  }

  /** Fields that the schema does not describe break it too. */
  static Contract closed(String file) {
    JsonNode schema = json(text(file));
    schema.findParents("properties").forEach(Contract::close);
    return new Contract(schema);
  }

  void assertKept(String payload) {
    assertThat(
            schema.validate(
                json(payload),
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
        .as(payload.substring(0, Math.min(payload.length(), 5000)))
        .isEmpty();
  }

  /** Compares with a file that people read. */
  static void assertShows(String file, String payload) {
    assertThat(pretty(payload)).isEqualTo(text(file).strip());
  }

  static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private static void close(JsonNode described) {
    if (described instanceof ObjectNode object
        && object.path("type").asString("").equals("object")) {
      object.put("additionalProperties", false);
    }
  }

  private static String pretty(String payload) {
    return JsonMapper.shared()
        .writerWithDefaultPrettyPrinter()
        .writeValueAsString(json(payload))
        .replace("\r\n", "\n");
  }

  private static String text(String file) {
    try (InputStream in = Contract.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
