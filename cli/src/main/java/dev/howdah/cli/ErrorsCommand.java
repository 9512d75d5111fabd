package dev.howdah.cli;

import picocli.CommandLine.Command;

/** The commands on errors. */
@Command(
    name = "errors",
    description = "Lists errors, shows one, and records what a team decides about it.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ErrorsList.class,
      ErrorsShow.class,
      ErrorsResolve.class,
      ErrorsIgnore.class,
      ErrorsReopen.class,
      ErrorsAssign.class,
      ErrorsMerge.class,
      ErrorsUnmerge.class
    })
final class ErrorsCommand {}
