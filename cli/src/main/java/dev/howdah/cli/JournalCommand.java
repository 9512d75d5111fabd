package dev.howdah.cli;

import picocli.CommandLine.Command;

/** The commands on journals. */
@Command(
    name = "journal",
    description = "Looks at journals, and replays them.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      JournalList.class,
      JournalVerify.class,
      JournalReplayCommand.class,
      JournalExport.class
    })
final class JournalCommand {}
