package dev.howdah.logback;

/** What the channels over HTTP have in common. */
public abstract class HttpChannelElement extends ChannelElement {

  /** Package-private: the kinds are this package's. */
  HttpChannelElement() {}

  /**
   * Setting {@code followRedirects}.
   *
   * @param value whether a redirect is followed; default false
   */
  public void setFollowRedirects(String value) {
    set("followRedirects", value);
  }

  /**
   * Setting {@code allowPrivateAddresses}.
   *
   * @param value whether the address may be one of a private network; default true
   */
  public void setAllowPrivateAddresses(String value) {
    set("allowPrivateAddresses", value);
  }

  /**
   * Setting {@code proxyHost}.
   *
   * @param value proxy to go through; default: the JVM's
   */
  public void setProxyHost(String value) {
    set("proxyHost", value);
  }

  /**
   * Setting {@code proxyPort}.
   *
   * @param value the proxy's port
   */
  public void setProxyPort(String value) {
    set("proxyPort", value);
  }
}
