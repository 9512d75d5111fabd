package dev.howdah.notify;

import java.net.ProxySelector;
import java.time.Duration;

/** How a channel reaches its receiver; {@link HttpBuilder} tells what each means. */
record HttpSettings(
    Duration timeout,
    boolean followRedirects,
    boolean allowPrivateAddresses,
    ProxySelector proxies) {}
