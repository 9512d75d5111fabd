package dev.howdah.notify;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a message is sent. Path and query may be all that a sender needs to know, as with a webhook
 * of Slack's: they are a secret, which {@link #toString()} keeps.
 */
final class HttpUrl {

  private static final Pattern UNRESOLVED = Pattern.compile("\\$\\{[\\w.]+}");
  private final URI uri;

  private HttpUrl(URI uri) {
    this.uri = uri;
  }

  static HttpUrl of(String setting, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw HttpBuilder.missing(setting, "an http or https URL");
    }
    try {
      URI uri = new URI(value.strip());
      if (!WebLink.isHttp(uri) || uri.getHost() == null || uri.getPort() > 65_535) {
        throw WrongSetting.of(setting, shown(value), "an http or https URL with a host");
      }
      if (uri.getRawUserInfo() != null) {
        throw WrongSetting.of(
            setting, shown(uri), "without user and password, which belong into a header");
      }
      return new HttpUrl(uri);
    } catch (URISyntaxException e) {
      // Not its cause, whose message holds the value.
      throw WrongSetting.of(
          setting, shown(value), "an http or https URL, such as https://example.com/hook");
    }
  }

  URI uri() {
    return uri;
  }

  /** Parts that a receiver may repeat in what it answers, and nobody should read. */
  List<String> secrets() {
    return Stream.of(uri.getRawPath(), uri.getRawQuery())
        .filter(part -> part != null)
        .flatMap(part -> Stream.of(part.split("[/&=;]")))
        .toList();
  }

  /** Scheme and host. */
  static String shown(URI uri) {
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + uri.getHost() + port + "/…";
  }

  private static String shown(String value) {
    return isUnresolved(value) ? value : "…";
  }

  /** A variable that the configuration has not replaced: worth showing, and no secret. */
  static boolean isUnresolved(String value) {
    return UNRESOLVED.matcher(value).matches();
  }

  @Override
  public String toString() {
    return shown(uri);
  }
}
