package dev.howdah.cli;

import picocli.CommandLine.Command;

/** The commands on notification channels. */
@Command(
    name = "notify",
    description = "Tries the channels by which Howdah tells people of errors.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = NotifyTestMessage.class)
final class NotifyCommand {}
