package dev.howdah.notify;

import jakarta.mail.Session;
import java.util.Properties;

/**
 * Angus Mail, which may be missing. Nothing here or in {@link EmailNotifier} makes the JVM load its
 * classes before {@link #require} has been called.
 */
final class MailLibrary {

  private MailLibrary() {}

  /**
   * Finds out whether the library is there.
   *
   * @throws IllegalArgumentException saying what to add where it is not
   */
  static void require() {
    try {
      // Fails by an error without the API, and by exceptions of several kinds without the rest.
      Session.getInstance(new Properties()).getTransport("smtp");
    } catch (LinkageError | Exception e) {
      throw new IllegalArgumentException(
          "e-mail needs the dependency org.eclipse.angus:angus-mail, 2.0 or later, on the class path;"
              + " a modular application requires org.eclipse.angus.mail ("
              + e
              + ")",
          e);
    }
  }
}
