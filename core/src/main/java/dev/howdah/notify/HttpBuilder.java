package dev.howdah.notify;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The settings that all channels over HTTP share.
 *
 * @param <B> the builder itself
 */
public abstract sealed class HttpBuilder<B extends HttpBuilder<B>>
    permits PagerDutyNotifier.Builder, SlackNotifier.Builder, WebhookNotifier.Builder {

  private static final Duration LONGEST = Duration.ofMinutes(10);

  private Duration timeout = Duration.ofSeconds(10);
  private boolean followRedirects;
  private boolean allowPrivateAddresses = true;
  private @Nullable String proxyHost;
  private @Nullable Integer proxyPort;

  HttpBuilder() {}

  abstract B self();

  /**
   * How long a message may take, from the look-up of the host to the answer.
   *
   * @param timeout 1 ms to 10 min; 10 s by default
   * @return this
   * @throws IllegalArgumentException when it is out of range
   */
  public B timeout(Duration timeout) {
    if (timeout.toMillis() < 1 || timeout.compareTo(LONGEST) > 0) {
      throw WrongSetting.of("timeout", timeout, "from 1 ms to 10 min");
    }
    this.timeout = timeout;
    return self();
  }

  /**
   * Whether answers of 301, 302, 307 and 308 are followed, five at most, with the same method and
   * body. They may lead to the same host only, and never from https to http, since the message may
   * hold what no other should read.
   *
   * @param followRedirects false by default: a redirect is a refusal
   * @return this
   */
  public B followRedirects(boolean followRedirects) {
    this.followRedirects = followRedirects;
    return self();
  }

  /**
   * Whether the receiver may be this machine or in a private network, such as 127.0.0.1, 10.0.0.1
   * or 169.254.169.254. Say no where the URL comes from somebody who should not reach into yours:
   * the addresses of its host are looked up before each request then, and before each redirect. The
   * request uses what the JVM keeps of that look-up, unless {@code networkaddress.cache.ttl} is 0.
   *
   * @param allowPrivateAddresses true by default, since it is you who sets the URL
   * @return this
   */
  public B allowPrivateAddresses(boolean allowPrivateAddresses) {
    this.allowPrivateAddresses = allowPrivateAddresses;
    return self();
  }

  /**
   * The HTTP proxy to go through.
   *
   * @param proxyHost its name or address; by default the JVM's proxies are used, see {@link
   *     ProxySelector#getDefault()}
   * @return this
   */
  public B proxyHost(String proxyHost) {
    this.proxyHost = proxyHost.strip();
    return self();
  }

  /**
   * The port of that proxy.
   *
   * @param proxyPort 1 to 65535; needed where the proxy has a name
   * @return this
   * @throws IllegalArgumentException when it is out of range
   */
  public B proxyPort(int proxyPort) {
    if (proxyPort < 1 || proxyPort > 65_535) {
      throw WrongSetting.of("proxyPort", proxyPort, "from 1 to 65535");
    }
    this.proxyPort = proxyPort;
    return self();
  }

  HttpSettings httpSettings() {
    return new HttpSettings(timeout, followRedirects, allowPrivateAddresses, proxies());
  }

  private ProxySelector proxies() {
    if (proxyHost == null && proxyPort == null) {
      return Objects.requireNonNullElse(ProxySelector.getDefault(), HttpClient.Builder.NO_PROXY);
    }
    if (proxyHost == null || proxyHost.isEmpty()) {
      throw missing("proxyHost", "the name of the proxy whose port is 'proxyPort'");
    }
    if (proxyPort == null) {
      throw missing("proxyPort", "the port of the proxy " + proxyHost);
    }
    return ProxySelector.of(InetSocketAddress.createUnresolved(proxyHost, proxyPort));
  }

  static IllegalArgumentException missing(String setting, String right) {
    return new IllegalArgumentException(
        "setting '" + setting + "' is missing: it must be " + right);
  }
}
