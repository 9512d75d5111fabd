package dev.howdah.log4j2;

import dev.howdah.notify.NotificationChannel;
import dev.howdah.pipeline.PipelineStats;
import dev.howdah.testkit.conformance.Call;
import dev.howdah.testkit.conformance.Channel;
import dev.howdah.testkit.conformance.Counts;
import dev.howdah.testkit.conformance.Level;
import dev.howdah.testkit.conformance.Mark;
import dev.howdah.testkit.conformance.Session;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogBuilder;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.apache.logging.log4j.status.StatusData;
import org.apache.logging.log4j.status.StatusLogger;
import org.jspecify.annotations.Nullable;

/** A LoggerContext that Log4j2 sets up from XML. */
final class Log4j2Session implements Session {

  private final LoggerContext context = new LoggerContext("conformance");
  private final List<PostgresAppender> appenders = new CopyOnWriteArrayList<>();
  private final Complaints complaints = new Complaints();

  Log4j2Session(Map<String, String> settings, List<Channel> channels) {
    StatusLogger.getLogger().registerListener(complaints);
    context.start(configuration(settings, channels));
    remember();
  }

  private Configuration configuration(Map<String, String> settings, List<Channel> channels) {
    String elements = channels.stream().map(Log4j2Session::element).collect(Collectors.joining());
    String xml =
        Log4j2Fixture.file(
            "<Postgres name='PG' " + attributes(settings) + ">" + elements + "</Postgres>");
    try {
      return new XmlConfiguration(
          context,
          new ConfigurationSource(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))));
    } catch (IOException e) {
      throw new IllegalStateException(xml, e);
    }
  }

  private static String element(Channel channel) {
    String kind = channel.kind();
    String name =
        channel.isOwn()
            ? Character.toUpperCase(kind.charAt(0)) + kind.substring(1)
            : "Channel kind='" + kind + "'";
    return "<" + name + " " + attributes(channel.settings()) + "/>";
  }

  private static String attributes(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(e -> e.getKey() + "=\"" + escaped(e.getValue()) + "\"")
        .collect(Collectors.joining(" "));
  }

  private void remember() {
    PostgresAppender appender = context.getConfiguration().getAppender("PG");
    appenders.add(Objects.requireNonNull(appender));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace("\"", "&quot;")
        .replace("\n", "&#10;");
  }

  @Override
  public void log(Call call) {
    Logger logger = context.getLogger(call.logger());
    LogBuilder event = logger.atLevel(log4j(call.level()));
    Marker marker = marker(call.marks());
    if (marker != null) {
      event = event.withMarker(marker);
    }
    if (call.cause() != null) {
      event = event.withThrowable(call.cause());
    }
    Object[] arguments = call.arguments().toArray();
    if (!call.keyValues().isEmpty()) {
      event.log(new TextWithData(call.template(), arguments, call.keyValues()));
    } else if (arguments.length == 0) {
      event.log(call.template());
    } else {
      event.log(call.template(), arguments);
    }
  }

  @Override
  public void log(Level level, String logger, String template, @Nullable Object... arguments) {
    context.getLogger(logger).log(log4j(level), template, arguments);
  }

  private static org.apache.logging.log4j.Level log4j(Level level) {
    return org.apache.logging.log4j.Level.valueOf(level.name());
  }

  /** An event has one marker here: the first one, with the others among its parents. */
  private static @Nullable Marker marker(List<Mark> marks) {
    if (marks.isEmpty()) {
      return null;
    }
    Marker first = marker(marks.get(0));
    for (Mark other : marks.subList(1, marks.size())) {
      first.addParents(marker(other));
    }
    return first;
  }

  private static Marker marker(Mark mark) {
    Marker marker = new MarkerManager.Log4jMarker(mark.name());
    mark.children().forEach(child -> marker.addParents(marker(child)));
    return marker;
  }

  @Override
  public void mdc(String key, @Nullable String value) {
    ThreadContext.put(key, value);
  }

  @Override
  public void clearMdc() {
    ThreadContext.clearAll();
  }

  @Override
  public void rootLevel(Level level) {
    context.getConfiguration().getRootLogger().setLevel(log4j(level));
    context.updateLoggers();
  }

  @Override
  public boolean isStarted() {
    return appenders.get(appenders.size() - 1).isStarted();
  }

  @Override
  public Counts counts() {
    // Appenders of one configuration that did not change share a ring, which counts once.
    Map<Long, Counts> byInstance = new LinkedHashMap<>();
    for (PostgresAppender appender : appenders) {
      PipelineStats stats = appender.getStats();
      if (stats != null) {
        byInstance.put(Objects.requireNonNull(appender.getInstanceId()), counts(stats));
      }
    }
    return byInstance.values().stream().reduce(Counts.NONE, Counts::plus);
  }

  private static Counts counts(PipelineStats stats) {
    return new Counts(
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
    return List.copyOf(complaints.texts);
  }

  @Override
  public List<String> statusMessages() {
    return List.copyOf(complaints.all);
  }

  @Override
  public List<String> channels() {
    return appenders.get(appenders.size() - 1).channels().stream()
        .map(NotificationChannel::toString)
        .toList();
  }

  /** As Log4j2 does it that watches the file. */
  @Override
  public void reconfigure(Map<String, String> settings) {
    context.reconfigure(configuration(settings, List.of()));
    remember();
  }

  @Override
  public void stop() {
    context.stop();
    StatusLogger.getLogger().removeListener(complaints);
  }

  /** The StatusLogger is one for the whole JVM; what is about Howdah is told by its class. */
  private static final class Complaints implements org.apache.logging.log4j.status.StatusListener {
    final List<String> texts = new CopyOnWriteArrayList<>();
    final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    public void log(StatusData status) {
      String text =
          Session.complaint(status.getMessage().getFormattedMessage(), status.getThrowable());
      all.add(text);
      if (status.getLevel().isMoreSpecificThan(org.apache.logging.log4j.Level.WARN)
          && status.getStackTraceElement().getClassName().startsWith("dev.howdah.")) {
        texts.add(text);
      }
    }

    @Override
    public org.apache.logging.log4j.Level getStatusLevel() {
      return org.apache.logging.log4j.Level.TRACE;
    }

    @Override
    public void close() {}
  }
}
