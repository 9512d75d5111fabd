package dev.howdah.testkit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody sent to a {@link RecordingServer}.
 *
 * @param method such as {@code POST}
 * @param target path and query, as they were sent
 * @param headers by name, whose case does not matter
 * @param body as UTF-8; empty where there was none
 */
public record RecordedRequest(
    String method, String target, Map<String, List<String>> headers, String body) {

  /**
   * Finds a header.
   *
   * @param name in any case
   * @return the first value; null where there is no such header
   */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values == null ? null : values.get(0);
  }
}
