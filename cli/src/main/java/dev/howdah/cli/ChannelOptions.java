package dev.howdah.cli;

import dev.howdah.ChannelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Which channel a command means: one of the application's file, with settings changed by options,
 * or one of options alone. Secrets may come from the environment or a file: others see a command's
 * words in the list of processes.
 */
final class ChannelOptions {

  private static final String OF_THE_ENVIRONMENT = "env:";
  private static final String OF_A_FILE = "@";

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = {
        "The application's logback.xml or log4j2.xml. Variables in it have the values of system"
            + " properties and of this environment."
      })
  private @Nullable Path file;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "Without a file: email, slack, webhook or pagerduty. Default: the name.")
  private @Nullable String kind;

  @Option(
      names = "--set",
      paramLabel = "SETTING=VALUE",
      description = {
        "A setting of the channel, such as webhookUrl=env:SLACK_URL, which takes the value from the"
            + " environment, or secret=@file, which reads it from a file."
      })
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "Application that the message names. Default: as in the file.")
  private @Nullable String service;

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      description = "Where that runs. Default: as in the file.")
  private @Nullable String environment;

  /**
   * Finds a channel; nothing of it is checked yet.
   *
   * @param name its name
   * @throws IOException saying which file can't be read, or which channels there are in place of it
   */
  ConfiguredChannel channel(String name) throws IOException {
    ConfiguredChannel found = file == null ? ofOptions(name) : inFile(file, name);
    Map<String, String> changed = new LinkedHashMap<>(found.config().settings());
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      changed.put(setting.getKey(), value(setting.getKey(), setting.getValue()));
    }
    return new ConfiguredChannel(
        new ChannelConfig(found.config().kind(), changed),
        service == null ? found.service() : service,
        environment == null ? found.environment() : environment);
  }

  private ConfiguredChannel ofOptions(String name) {
    ChannelConfig config =
        kind == null
            ? new ChannelConfig(name, Map.of())
            : new ChannelConfig(kind, Map.of("name", name));
    return new ConfiguredChannel(config, null, null);
  }

  private static ConfiguredChannel inFile(Path file, String name) throws IOException {
    List<ConfiguredChannel> channels = AppenderFile.read(file).channels();
    return channels.stream()
        .filter(channel -> channel.config().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "there is no channel '%s' in %s: there are %s"
                        .formatted(name, file, channels.isEmpty() ? "none" : names(channels))));
  }

  private static String names(List<ConfiguredChannel> channels) {
    return channels.stream()
        .map(channel -> channel.config().name())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String value(String setting, String text) throws IOException {
    if (text.startsWith(OF_THE_ENVIRONMENT)) {
      String variable = text.substring(OF_THE_ENVIRONMENT.length());
      String value = System.getenv(variable);
      if (value == null) {
        throw new IOException(
            "setting '%s': there is no variable %s in the environment"
                .formatted(setting, variable));
      }
      return value;
    }
    if (text.startsWith(OF_A_FILE)) {
      Path secret = Path.of(text.substring(OF_A_FILE.length()));
      if (!Files.isReadable(secret)) {
        throw new NoSuchFileException(
            "setting '%s': there is no file %s that can be read".formatted(setting, secret));
      }
      return Files.readString(secret).strip();
    }
    return text;
  }
}
