package dev.howdah.notify;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells hosts in the open Internet from this machine, the network around it, and whatever else is
 * not for everybody: by IANA's registries of special-purpose addresses (RFC 6890) and multicast.
 */
final class PublicAddresses {

  private static final List<Network> SPECIAL =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              // Unspecified, loopback, and IPv4 written as IPv6 in an old way.
              "::/96",
              // IPv4 behind a translator or a tunnel: it would have to be looked at again.
              "64:ff9b::/96",
              "64:ff9b:1::/48",
              "2001::/23",
              "2002::/16",
              "100::/64",
              "2001:db8::/32",
              "fc00::/7",
              "fe80::/10",
              "fec0::/10",
              "ff00::/8")
          .map(Network::of)
          .toList();

  private PublicAddresses() {}

  /**
   * Looks a host up. One that is not known passes: nothing can be sent to it, unless by a proxy
   * that knows it.
   */
  static void require(String host) throws NotificationException {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!isPublic(address)) {
          throw NotificationException.refused(
              host
                  + " has the address "
                  + address.getHostAddress()
                  + ", which is private, and 'allowPrivateAddresses' is false");
        }
      }
    } catch (UnknownHostException e) {
      return;
    }
  }

  static boolean isPublic(InetAddress address) {
    return SPECIAL.stream().noneMatch(network -> network.holds(address));
  }

  /** Addresses that begin with the same bits. */
  private record Network(int bytes, int hostBits, BigInteger prefix) {

    static Network of(String cidr) {
      int slash = cidr.indexOf('/');
      byte[] address = literal(cidr.substring(0, slash)).getAddress();
      int hostBits = address.length * 8 - Integer.parseInt(cidr.substring(slash + 1));
      return new Network(address.length, hostBits, new BigInteger(1, address).shiftRight(hostBits));
    }

    boolean holds(InetAddress other) {
      byte[] address = other.getAddress();
      return address.length == bytes
          && new BigInteger(1, address).shiftRight(hostBits).equals(prefix);
    }

    private static InetAddress literal(String address) {
      try {
        return InetAddress.getByName(address);
      } catch (UnknownHostException e) {
        throw new AssertionError(e); // Addresses are not looked up.
      }
    }
  }
}
