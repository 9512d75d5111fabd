package dev.howdah.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A new key for the loopback, with a certificate that it has signed itself: made by the JDK's
 * keytool, so that none lies in the tree and grows old.
 */
public final class LoopbackTls {

  private static final String PASSWORD = "loopback";

  private final KeyStore store;

  /**
   * Makes the key, in a second or so.
   *
   * @throws IOException when keytool fails
   * @throws InterruptedException when interrupted while it runs
   */
  public LoopbackTls() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("loopback-tls");
    Path file = folder.resolve("key.p12");
    try {
      generate(file);
      store = read(file);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  /** {@return for both sides: has the key, and trusts the certificate and no other} */
  public SSLContext context() {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD.toCharArray());
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void generate(Path file) throws IOException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command =
        List.of(
            keytool,
            "-genkeypair",
            "-keystore",
            file.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-alias",
            "loopback",
            "-keyalg",
            "EC",
            "-dname",
            "CN=127.0.0.1",
            "-ext",
            "san=ip:127.0.0.1,dns:localhost");
    Process running = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (running.waitFor() != 0) {
      throw new IOException("keytool: " + said);
    }
  }

  private static KeyStore read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      // Trusted is only what stands in an entry without a key.
      store.setCertificateEntry("trusted", store.getCertificate("loopback"));
      return store;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
