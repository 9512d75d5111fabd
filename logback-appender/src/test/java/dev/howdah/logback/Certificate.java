package dev.howdah.logback;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A server's key and the certificate that it signed itself, for localhost, as PEM files: made by
 * the JDK's keytool.
 *
 * @param certificate file of the certificate
 * @param key file of the key, readable to its owner only, or PostgreSQL would refuse it
 */
record Certificate(Path certificate, Path key) {

  private static final String PASSWORD = "changeit";

  static Certificate make(Path folder, String name)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path store = folder.resolve(name + ".p12");
    String command =
        Path.of(System.getProperty("java.home"), "bin", "keytool")
            + " -genkeypair -alias server -keyalg EC -dname CN=localhost -validity 2"
            + " -ext san=dns:localhost,ip:127.0.0.1 -storetype PKCS12"
            + (" -storepass " + PASSWORD + " -keystore " + store);
    Process keytool = new ProcessBuilder(command.split(" ")).inheritIO().start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    Path certificate = folder.resolve(name + ".crt");
    Path key = folder.resolve(name + ".key");
    Files.writeString(certificate, pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
    Files.createFile(
        key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        key, pem("PRIVATE KEY", keys.getKey("server", PASSWORD.toCharArray()).getEncoded()));
    return new Certificate(certificate, key);
  }

  private static String pem(String type, byte[] der) {
    String text =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
  }
}
