package dev.howdah.notify;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Tells a link that people may follow from a text that only stands where one should be. */
final class WebLink {
  private WebLink() {}

  /** The link in ASCII; null where it is not of http or https, has no host or is too long. */
  static @Nullable String of(@Nullable String text, int max) {
    if (text == null || text.length() > max) {
      return null;
    }
    try {
      URI uri = new URI(text);
      String ascii = uri.toASCIIString();
      return isHttp(uri) && uri.getHost() != null && ascii.length() <= max ? ascii : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  static boolean isHttp(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
  }
}
