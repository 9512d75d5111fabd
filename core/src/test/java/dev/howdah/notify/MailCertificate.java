package dev.howdah.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The certificate of the mail servers of these tests, for the name {@code localhost} and no other,
 * signed by itself; made once for a JVM by the JDK's keytool.
 *
 * @param keyStore with the key, for the server
 * @param pem without it, for who trusts it
 */
record MailCertificate(Path keyStore, Path pem) {

  static final String KEY_STORE_PASSWORD = "changeit";

  private static final MailCertificate ONLY = make();

  static MailCertificate get() {
    return ONLY;
  }

  /** For a server with this certificate. */
  SSLContext serverContext() {
    try (InputStream in = Files.newInputStream(keyStore)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, KEY_STORE_PASSWORD.toCharArray());
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, KEY_STORE_PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MailCertificate make() {
    try {
      Path folder = Files.createTempDirectory("howdah-mail");
      Path keyStore = folder.resolve("server.p12");
      Path pem = folder.resolve("server.pem");
      keytool(
          keyStore,
          "-genkeypair",
          "-keyalg",
          "EC",
          "-dname",
          "CN=howdah test",
          "-ext",
          "SAN=dns:localhost");
      keytool(keyStore, "-exportcert", "-rfc", "-file", pem.toString());
      List.of(folder, keyStore, pem).forEach(path -> path.toFile().deleteOnExit());
      return new MailCertificate(keyStore, pem);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keytool(Path keyStore, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(words));
    command.addAll(
        List.of("-alias", "server", "-storetype", "PKCS12", "-storepass", KEY_STORE_PASSWORD));
    command.addAll(List.of("-keystore", keyStore.toString()));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    try {
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException("keytool: " + said);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
