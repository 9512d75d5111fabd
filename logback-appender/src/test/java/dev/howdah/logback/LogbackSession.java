package dev.howdah.logback;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import dev.howdah.notify.NotificationChannel;
import dev.howdah.pipeline.PipelineStats;
import dev.howdah.testkit.conformance.Call;
import dev.howdah.testkit.conformance.Channel;
import dev.howdah.testkit.conformance.Counts;
import dev.howdah.testkit.conformance.Level;
import dev.howdah.testkit.conformance.Mark;
import dev.howdah.testkit.conformance.Session;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** A LoggerContext that Joran sets up from XML. */
final class LogbackSession implements Session {

  private final LoggerContext context = new LoggerContext();
  private final List<PostgresAppender> appenders = new CopyOnWriteArrayList<>();

  LogbackSession(Map<String, String> settings, List<Channel> channels) {
    context.setMDCAdapter(MDC.getMDCAdapter());
    configure(settings, channels);
  }

  private void configure(Map<String, String> settings, List<Channel> channels) {
    String elements =
        elements(settings)
            + channels.stream().map(LogbackSession::element).collect(Collectors.joining());
    String xml =
        "<configuration><appender name='PG' class='dev.howdah.logback.PostgresAppender'>"
            + elements
            + "</appender><root level='TRACE'><appender-ref ref='PG'/></root></configuration>";
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    } catch (JoranException e) {
      throw new IllegalStateException(xml, e);
    }
    if (root().getAppender("PG") instanceof PostgresAppender appender) {
      appenders.add(appender);
    }
  }

  private static String elements(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(e -> element(e.getKey(), escaped(e.getValue())))
        .collect(Collectors.joining());
  }

  private static String element(Channel channel) {
    if (channel.isOwn()) {
      return element(channel.kind(), elements(channel.settings()));
    }
    StringBuilder settings = new StringBuilder(element("kind", channel.kind()));
    channel
        .settings()
        .forEach(
            (name, value) ->
                settings.append(
                    name.equals("name")
                        ? element(name, escaped(value))
                        : element(
                            "setting", element("name", name) + element("value", escaped(value)))));
    return element("channel", settings.toString());
  }

  private static String element(String name, String content) {
    return "<%1$s>%2$s</%1$s>".formatted(name, content);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private Logger root() {
    return context.getLogger(Logger.ROOT_LOGGER_NAME);
  }

  @Override
  public void log(Call call) {
    LoggingEventBuilder event = context.getLogger(call.logger()).atLevel(slf4j(call.level()));
    for (Map.Entry<@Nullable String, @Nullable Object> entry : call.keyValues().entrySet()) {
      event = event.addKeyValue(entry.getKey(), entry.getValue());
    }
    for (Mark mark : call.marks()) {
      event = event.addMarker(marker(mark));
    }
    if (call.cause() != null) {
      event = event.setCause(call.cause());
    }
    if (call.arguments().isEmpty()) {
      event.log(call.template());
    } else {
      event.log(call.template(), call.arguments().toArray());
    }
  }

  @Override
  public void log(Level level, String logger, String template, @Nullable Object... arguments) {
    Logger to = context.getLogger(logger);
    switch (level) {
      case TRACE -> to.trace(template, arguments);
      case DEBUG -> to.debug(template, arguments);
      case INFO -> to.info(template, arguments);
      case WARN -> to.warn(template, arguments);
      case ERROR, FATAL -> to.error(template, arguments);
    }
  }

  private static org.slf4j.event.Level slf4j(Level level) {
    return level == Level.FATAL
        ? org.slf4j.event.Level.ERROR
        : org.slf4j.event.Level.valueOf(level.name());
  }

  @SuppressWarnings("deprecation") // SLF4J has no other way to refer from marker to marker.
  private static Marker marker(Mark mark) {
    Marker marker = MarkerFactory.getDetachedMarker(mark.name());
    mark.children().forEach(child -> marker.add(marker(child)));
    return marker;
  }

  @Override
  public void mdc(String key, @Nullable String value) {
    MDC.put(key, value);
  }

  @Override
  public void clearMdc() {
    MDC.clear();
  }

  @Override
  public void rootLevel(Level level) {
    root().setLevel(ch.qos.logback.classic.Level.convertAnSLF4JLevel(slf4j(level)));
  }

  @Override
  public boolean isStarted() {
    return !appenders.isEmpty() && appenders.get(appenders.size() - 1).isStarted();
  }

  @Override
  public Counts counts() {
    return appenders.stream().map(LogbackSession::counts).reduce(Counts.NONE, Counts::plus);
  }

  private static Counts counts(PostgresAppender appender) {
    PipelineStats stats = appender.getStats();
    return stats == null
        ? Counts.NONE
        : new Counts(
            stats.logged(),
            stats.written(),
            stats.dropped(),
            stats.rejected(),
            stats.journaled(),
            stats.pending(),
            stats.cut(),
            stats.replaced(),
            stats.losses().stream()
                .collect(
                    Collectors.toMap(
                        loss -> loss.cause() + "." + loss.level(), PipelineStats.Loss::events)));
  }

  @Override
  public List<String> complaints() {
    return AppenderFixture.complaints(context);
  }

  @Override
  public List<String> statusMessages() {
    return context.getStatusManager().getCopyOfStatusList().stream()
        .map(status -> Session.complaint(status.getMessage(), status.getThrowable()))
        .toList();
  }

  @Override
  public List<String> channels() {
    return appenders.get(appenders.size() - 1).channels().stream()
        .map(NotificationChannel::toString)
        .toList();
  }

  /** As Logback's own task does it that scans the file. */
  @Override
  public void reconfigure(Map<String, String> settings) {
    context.reset();
    configure(settings, List.of());
  }

  @Override
  public void stop() {
    context.stop();
  }
}
