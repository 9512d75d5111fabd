package dev.howdah.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says: that of the jar, and of the JVM that runs it. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = HowdahCommand.class.getPackage().getImplementationVersion();
    return new String[] {
      "howdah " + Objects.requireNonNullElse(version, "(built from source)"),
      "Java " + System.getProperty("java.version")
    };
  }
}
