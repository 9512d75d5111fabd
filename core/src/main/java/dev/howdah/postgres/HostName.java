package dev.howdah.postgres;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** The name of a machine. Thread-safe. */
public final class HostName {

  private static final String UNKNOWN = "unknown";

  private volatile @Nullable String name;

  private HostName(@Nullable String name) {
    this.name = name;
  }

  /**
   * This machine's.
   *
   * @param given what the user calls it; null: it is looked up
   * @return the name, perhaps not known yet
   */
  public static HostName ofThisMachine(@Nullable String given) {
    return new HostName(given);
  }

  /** The one that a journal tells of, which may have come from another machine. */
  static HostName of(@Nullable String told) {
    return new HostName(told == null ? UNKNOWN : told);
  }

  /** {@return the name, or null when it has not been looked up yet} */
  @Nullable String known() {
    return name;
  }

  /** The name; may wait for the resolver, so it is for our own threads only. */
  String lookUp() {
    String known = name;
    if (known == null) {
      known = resolved();
      name = known;
    }
    return known;
  }

  private static String resolved() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return UNKNOWN;
    }
  }
}
