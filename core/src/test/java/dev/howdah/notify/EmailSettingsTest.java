package dev.howdah.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mistake in the settings of e-mail is one clear sentence. */
class EmailSettingsTest {

  @Test
  void whatIsRequiredIsAskedFor() {
    assertRefused(
        EmailNotifier.builder(),
        "setting 'smtpHost' has no value: it must be the name of the mail");
    assertRefused(
        EmailNotifier.builder().smtpHost("mail.example.com"), "setting 'fromEmail' has no value");
    assertRefused(
        EmailNotifier.builder().smtpHost("mail.example.com").fromEmail("alerts@example.com"),
        "setting 'toEmails' has no value");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nobody",
        "a@b@c",
        "team@example.com\r\nBcc: victim@example.com",
        "team@example.com\nX: y",
        "\"a\r\nb\"@example.com",
        "=?UTF-8?B?YQ0KQmNjOiB4?= <team@example.com>",
        "team: ann@example.com, ben@example.com;",
        "jürgen@example.com",
        " , "
      })
  void anAddressThatIsNoneIsRefusedWhereverItStands(String address) {
    assertRefused(complete().toEmails(address), "setting 'toEmails' has the value '");
    assertRefused(complete().fromEmail(address), "setting 'fromEmail' has ");
    assertRefused(complete().replyTo(address), "setting 'replyTo' has the value '");
  }

  @Test
  void theSenderIsOne() {
    assertRefused(
        complete().fromEmail("ann@example.com, ben@example.com"),
        "setting 'fromEmail' has the value 'ann@example.com, ben@example.com': it must be one");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65_536})
  void aPortIsInItsRange(int port) {
    assertRefused(complete().smtpPort(port), "setting 'smtpPort' has the value '" + port + "'");
    assertRefused(complete().socksPort(port), "setting 'socksPort' has the value '" + port + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT1H0.001S"})
  void aTimeoutIsInItsRange(Duration timeout) {
    assertRefused(complete().connectTimeout(timeout), "setting 'connectTimeout' has the value");
    assertRefused(complete().readTimeout(timeout), "setting 'readTimeout' has the value");
    assertRefused(complete().writeTimeout(timeout), "1 ms to 1 h");
  }

  @Test
  void aLoginIsWholeAndItsSecretIsNotTold() {
    assertRefused(complete().username("ann"), "setting 'password' has no value");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> complete().password("hunter2").build())
        .withMessageContaining("setting 'username' has no value")
        .withMessageNotContaining("hunter2");
    assertThat(complete().username("ann").password("hunter2").build().toString())
        .isEqualTo("e-mail to [team@example.com] by starttls://mail.example.com:587");
  }

  @Test
  void anEmptyTextIsASettingThatIsNotSet() {
    assertThat(complete().username("").password("").replyTo(" ").socksHost("").build())
        .hasToString(complete().build().toString());
    assertRefused(complete().smtpHost(" "), "setting 'smtpHost' has no value");
  }

  @ParameterizedTest
  @CsvSource({"starttls,587", "SMTPS,465", " none ,25"})
  void thePortFollowsTheSecurity(String security, int port) {
    EmailNotifier notifier = complete().security(EmailNotifier.Security.named(security)).build();

    assertThat(notifier.toString()).endsWith(":" + port);
  }

  @Test
  void aSecurityThatIsNoneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmailNotifier.Security.named("tls"))
        .withMessage("setting 'security' has the value 'tls': it must be starttls, smtps or none");
  }

  @Test
  void aFileThatHoldsNoCertificateIsRefused(@TempDir Path folder) throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.pem"));

    assertRefused(complete().trustedCertificates(empty), "setting 'trustedCertificates'");
    assertRefused(
        complete().trustedCertificates(folder.resolve("missing.pem")), "NoSuchFileException");
  }

  @Test
  void withoutTheLibraryOneSentenceNamesIt() throws Exception {
    URL howdah = locationOf(EmailNotifier.class);

    assertNamesTheLibrary(howdah);
  }

  @Test
  void theInterfacesOfTheLibraryAreNotEnough() throws Exception {
    URL howdah = locationOf(EmailNotifier.class);
    URL interfaces = locationOf(Session.class);

    assertNamesTheLibrary(howdah, interfaces);
  }

  private static void assertNamesTheLibrary(URL... classPath) throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
      Object builder =
          loader.loadClass(EmailNotifier.class.getName()).getMethod("builder").invoke(null);

      assertThatThrownBy(() -> builder.getClass().getMethod("build").invoke(builder))
          .cause()
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("e-mail needs the dependency org.eclipse.angus:angus-mail");
    }
  }

  private static URL locationOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  private static EmailNotifier.Builder complete() {
    return EmailNotifier.builder()
        .smtpHost("mail.example.com")
        .fromEmail("alerts@example.com")
        .toEmails("team@example.com");
  }

  private static void assertRefused(EmailNotifier.Builder builder, String message) {
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining(message);
  }
}
