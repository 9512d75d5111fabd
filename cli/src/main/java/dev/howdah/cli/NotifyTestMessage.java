package dev.howdah.cli;

import dev.howdah.notify.Notification;
import dev.howdah.notify.NotificationChannel;
import dev.howdah.notify.NotificationException;
import dev.howdah.notify.Reason;
import dev.howdah.notify.Trial;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Whether a channel reaches people. */
@Command(
    name = "test",
    description = {
      "Sends a test message by a channel, at once and without the database.",
      "The channel is one of the application's logback.xml or log4j2.xml, or made of options."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the message was taken",
      "1:it was not, or there is no such channel, or a setting of it is wrong",
      "2:the command line is wrong"
    })
final class NotifyTestMessage implements Callable<Integer> {

  /** Beyond the channel's own timeout, since what that says is better. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  @Spec private CommandSpec spec;
  @Mixin private ChannelOptions options;

  @Parameters(
      paramLabel = "CHANNEL",
      description = "Its name in the file, such as slack; without a file also its kind.")
  private String name;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ConfiguredChannel configured = options.channel(name);
    NotificationChannel channel = configured.config().create();
    long begin = System.nanoTime();
    send(channel, configured.trial());
    long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
    spec.commandLine()
        .getOut()
        .printf("channel '%s' has taken the message, in %d ms%n", channel.name(), millis);
    return 0;
  }

  /** On a thread of its own, as in an application: a notifier that hangs is interrupted. */
  private static void send(NotificationChannel channel, Trial trial)
      throws IOException, InterruptedException {
    Notification message =
        new Notification("test:" + UUID.randomUUID(), Reason.TEST, trial, Instant.now());
    Duration patience = channel.rules().timeout().plus(MARGIN);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      thread
          .submit(
              () -> {
                channel.notifier().send(message);
                return message;
              })
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("channel '" + channel.name() + "': " + said(e.getCause()), e);
    } catch (TimeoutException e) {
      throw new IOException(
          "channel '%s': no answer within %d s".formatted(channel.name(), patience.toSeconds()), e);
    } finally {
      thread.shutdownNow();
      channel.notifier().close();
    }
  }

  private static String said(Throwable failure) {
    if (failure instanceof NotificationException refusal) {
      return refusal.getMessage()
          + (refusal.isPermanent()
              ? "; an application would not send the message again"
              : "; an application would send the message again later");
    }
    return failure.toString();
  }
}
