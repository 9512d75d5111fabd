package dev.howdah.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/**
 * The command line. Exit code 0: done; 1: not all is well, as each command's help says; 2: the
 * command line was wrong.
 */
@Command(
    name = "howdah",
    description = "Looks at what Howdah keeps, and looks after it, without the application.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:not all is well: see the command's own help",
      "2:the command line is wrong"
    },
    subcommands = {
      MigrateCommand.class,
      PartitionsCommand.class,
      StatsCommand.class,
      TailCommand.class,
      ErrorsCommand.class,
      FingerprintCommand.class,
      JournalCommand.class,
      NotifyCommand.class,
      AutoComplete.GenerateCompletion.class,
      HelpCommand.class,
    })
public final class HowdahCommand {

  HowdahCommand() {}

  /**
   * Runs a command and ends the JVM with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    int exitCode = run(out, new PrintWriter(System.err, true, StandardCharsets.UTF_8), args);
    out.flush();
    System.exit(exitCode);
  }

  /** The same for a test: prints where it is told, and gives the exit code. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new HowdahCommand())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(HowdahCommand::tell)
        .execute(args);
  }

  private static int tell(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    String sentence = Complaint.of(e);
    command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + sentence);
    return CommandLine.ExitCode.SOFTWARE;
  }
}
