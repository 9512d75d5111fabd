package dev.howdah.notify;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Reads the addresses of a configuration, so strictly that none can add a header to a mail. */
final class MailAddresses {

  private MailAddresses() {}

  /**
   * One address, perhaps with a name before it.
   *
   * @throws IllegalArgumentException naming the setting, the value and what would be right
   */
  static InternetAddress one(String setting, String text) {
    List<InternetAddress> addresses = some(setting, text);
    if (addresses.size() != 1) {
      throw WrongSetting.of(setting, SafeText.line(text, 200), "one address");
    }
    return addresses.get(0);
  }

  /**
   * Addresses with commas between.
   *
   * @throws IllegalArgumentException naming the setting, the value and what would be right
   */
  static List<InternetAddress> some(String setting, String text) {
    try {
      requireNoControl(text);
      InternetAddress[] addresses = InternetAddress.parse(text, true);
      for (InternetAddress address : addresses) {
        requireMailbox(address);
        encodeName(address);
      }
      if (addresses.length == 0) {
        throw new AddressException("there is none");
      }
      return Arrays.asList(addresses);
    } catch (AddressException | UnsupportedEncodingException e) {
      throw WrongSetting.of(
          setting,
          SafeText.line(text, 200),
          "an e-mail address such as team@example.com (" + e.getMessage() + ")");
    }
  }

  private static void requireNoControl(String text) throws AddressException {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new AddressException("it has a control character");
    }
  }

  /** What was parsed is kept as it was written, and would be sent so. */
  private static void encodeName(InternetAddress address)
      throws AddressException, UnsupportedEncodingException {
    String name = address.getPersonal();
    if (name != null) {
      requireNoControl(name);
      address.setPersonal(name, StandardCharsets.UTF_8.name());
    }
  }

  private static void requireMailbox(InternetAddress address) throws AddressException {
    if (address.isGroup()) {
      throw new AddressException("it is a group");
    }
    address.validate();
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(address.getAddress())) {
      throw new AddressException("only ASCII reaches every server");
    }
  }
}
