package dev.howdah.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Shows a receiver who sent a body, and when: {@link WebhookNotifier} tells how it is checked. */
final class WebhookSignature {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int SHORTEST = 16;

  private final SecretKeySpec key;

  private WebhookSignature(SecretKeySpec key) {
    this.key = key;
  }

  /** Null where there is no secret. */
  static @Nullable WebhookSignature of(@Nullable String secret) {
    if (secret == null) {
      return null;
    }
    if (secret.length() < SHORTEST) {
      throw WrongSetting.of("secret", "…", "of at least " + SHORTEST + " characters");
    }
    return new WebhookSignature(
        new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
  }

  /** The header's value: version 1 of the scheme, and HMAC-SHA256 of time, a dot and the body. */
  String of(long epochSecond, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((epochSecond + ".").getBytes(StandardCharsets.US_ASCII));
      return "v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e); // Every Java platform has it.
    }
  }
}
