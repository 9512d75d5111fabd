package dev.howdah.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which applications are meant: all, unless the options say. */
final class Scope {

  @Option(names = "--service", paramLabel = "NAME", description = "Only of this application.")
  private @Nullable String service;

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      description = "Only of this environment, such as production.")
  private @Nullable String environment;

  @Nullable String service() {
    return service;
  }

  @Nullable String environment() {
    return environment;
  }

  /** Adds what the options say. */
  Conditions to(Conditions conditions) {
    return conditions.and("service = ?", service).and("environment = ?", environment);
  }
}
