package dev.howdah.cli;

import picocli.CommandLine.Command;

/** The commands on fingerprints. */
@Command(
    name = "fingerprint",
    description = "Tells which errors are the same one, without a database.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = FingerprintExplain.class)
final class FingerprintCommand {}
