package dev.howdah.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import dev.howdah.logback.PostgresAppender;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.slf4j.MDC;

/** What a shop leaves in a directory when it stops while the database is away. */
final class LeftJournal {

  private LeftJournal() {}

  static void in(Path directory) throws IOException {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(MDC.getMDCAdapter());
    PostgresAppender appender = new PostgresAppender();
    appender.setContext(context);
    appender.setUrl("jdbc:postgresql://localhost:" + closedPort() + "/none");
    appender.setService("shop");
    appender.setDirectory(directory.toString());
    appender.setShutdownTimeout("0");
    appender.setShutdownHook("false");
    appender.start();
    context.getLogger("com.example.Checkout").addAppender(appender);
    context.getLogger("com.example.Checkout").info("order of product {} placed", 3);
    appender.stop();
    context.stop();
    assertThat(directory.resolve("shop/journal")).isNotEmptyDirectory();
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
