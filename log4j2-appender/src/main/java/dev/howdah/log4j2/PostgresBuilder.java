package dev.howdah.log4j2;

import com.zaxxer.hikari.HikariConfig;
import dev.howdah.HowdahConfig;
import dev.howdah.Setting;
import dev.howdah.event.PipelineListener;
import dev.howdah.notify.NotificationChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.appender.db.ColumnMapping;
import org.apache.logging.log4j.core.appender.db.jdbc.ColumnConfig;
import org.apache.logging.log4j.core.appender.db.jdbc.ConnectionSource;
import org.apache.logging.log4j.core.appender.db.jdbc.DataSourceConnectionSource;
import org.apache.logging.log4j.core.config.plugins.PluginBuilderAttribute;
import org.apache.logging.log4j.core.config.plugins.PluginElement;
import org.apache.logging.log4j.core.util.Builder;
import org.apache.logging.log4j.util.LoaderUtil;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link PostgresAppender}. Log4j2 fills in the attributes of {@code <Postgres>}; a program
 * calls {@link #set} with the same names.
 *
 * <p>For one thread.
 */
public final class PostgresBuilder extends AbstractAppender.Builder<PostgresBuilder>
    implements Builder<PostgresAppender> {

  @SettingAttributes private Map<String, String> settings = new LinkedHashMap<>();

  @PluginBuilderAttribute private @Nullable String jndiName;

  @SuppressWarnings("log4j.public.setter") // A program gives the listener itself.
  @PluginBuilderAttribute("listener")
  private @Nullable String listenerClass;

  @PluginElement(HikariElement.TYPE)
  private @Nullable HikariElement hikari;

  @PluginElement("ConnectionSource")
  private @Nullable ConnectionSource connectionSource;

  @PluginElement(ChannelElement.TYPE)
  private ChannelElement @Nullable [] channels;

  // Those two belong to <JDBC>: whoever exchanged its name only is told once, not for each column.
  @PluginElement("ColumnMappings")
  private ColumnMapping @Nullable [] columnMappings;

  @PluginElement("ColumnConfigs")
  private ColumnConfig @Nullable [] columnConfigs;

  private final List<NotificationChannel> givenChannels = new ArrayList<>();
  private @Nullable HikariConfig givenHikari;
  private @Nullable DataSource dataSource;
  private @Nullable PipelineListener listener;

  PostgresBuilder() {}

  /**
   * Gives a setting a value.
   *
   * @param setting its name, as in {@link Setting}
   * @param value as written in a configuration file, such as {@code 1 MiB}; checked by {@link
   *     #build()}
   * @return this
   * @throws IllegalArgumentException when there is no such setting; the message lists those there
   *     are
   */
  public PostgresBuilder set(String setting, String value) {
    settings.put(Setting.named(setting).settingName(), value);
    return this;
  }

  /**
   * Uses a DataSource that JNDI knows.
   *
   * @param jndiName such as {@code java:comp/env/jdbc/logs}; the system property {@code
   *     log4j2.enableJndiJdbc} must be true
   * @return this
   */
  public PostgresBuilder setJndiName(String jndiName) {
    this.jndiName = jndiName;
    return this;
  }

  /**
   * Uses a DataSource of the application's in place of an own pool.
   *
   * @param dataSource a DataSource for PostgreSQL; stays open when the appender stops
   * @return this
   */
  public PostgresBuilder setDataSource(DataSource dataSource) {
    this.dataSource = dataSource;
    return this;
  }

  /**
   * Tunes the own pool.
   *
   * @param hikari any of HikariCP's settings
   * @return this
   */
  public PostgresBuilder setHikari(HikariConfig hikari) {
    givenHikari = hikari;
    return this;
  }

  /**
   * Tells people of errors by one more channel.
   *
   * @param channel with its own name and rules; its notifier is closed when the appender stops
   * @return this
   */
  public PostgresBuilder addChannel(NotificationChannel channel) {
    givenChannels.add(channel);
    return this;
  }

  /**
   * Lets the application hear what happens; in a file, the attribute {@code listener} names the
   * class.
   *
   * @param listener for metrics or alarms
   * @return this
   */
  public PostgresBuilder setListener(PipelineListener listener) {
    this.listener = listener;
    return this;
  }

  /**
   * Makes the appender, not yet started. What is wrong is told by Log4j2's StatusLogger; where
   * nothing usable is left the appender will not start, so that a {@code Failover} appender still
   * has it to fail.
   *
   * @return the appender
   */
  @Override
  public PostgresAppender build() {
    if (has(columnMappings) || has(columnConfigs)) {
      StatusMessage.tell(
          "appender "
              + getName()
              + " does not use <ColumnMapping> and <Column>: Howdah's table has its own columns",
          null);
    }
    LoggerContext context = context();
    try {
      HowdahConfig config = config();
      PipelineListener hears = listener == null ? newListener() : listener;
      return new PostgresAppender(
          this,
          new PostgresAppender.Blueprint(
              identity(config), config, hears, () -> context == null || !context.isStarting()));
    } catch (IllegalArgumentException e) {
      StatusMessage.tell("appender " + getName() + " does not start: " + e.getMessage(), null);
      return new PostgresAppender(this, null);
    }
  }

  private static boolean has(Object @Nullable [] elements) {
    return elements != null && elements.length > 0;
  }

  private HowdahConfig config() {
    HowdahConfig.Builder builder =
        HowdahConfig.builder().setAll(settings, text -> StatusMessage.tell(text, null));
    DataSource source = source();
    if (source != null) {
      builder.dataSource(source);
    }
    HikariConfig tuned = hikari == null ? givenHikari : hikari.config();
    if (tuned != null) {
      builder.hikari(tuned);
    }
    return builder.channels(channels(), text -> StatusMessage.tell(text, null)).build();
  }

  private List<Supplier<NotificationChannel>> channels() {
    List<Supplier<NotificationChannel>> all = new ArrayList<>();
    givenChannels.forEach(channel -> all.add(() -> channel));
    for (ChannelElement element : elements()) {
      all.add(element.config()::create);
    }
    return all;
  }

  private List<ChannelElement> elements() {
    return channels == null ? List.of() : List.of(channels);
  }

  private @Nullable DataSource source() {
    if (jndiName != null) {
      // Log4j2's own look-up: it obeys log4j2.enableJndiJdbc, and knows only java: names.
      ConnectionSource found = DataSourceConnectionSource.createConnectionSource(jndiName);
      if (found == null) {
        throw new IllegalArgumentException(
            "setting 'jndiName' has the value '"
                + jndiName
                + "': it must be the name of a DataSource, and the system property"
                + " log4j2.enableJndiJdbc must be true; Log4j2 has said above what is missing");
      }
      return new ConnectionSourceAdapter(found);
    }
    return connectionSource == null ? dataSource : new ConnectionSourceAdapter(connectionSource);
  }

  private @Nullable PipelineListener newListener() {
    if (listenerClass == null) {
      return null;
    }
    try {
      return LoaderUtil.newCheckedInstanceOf(listenerClass, PipelineListener.class);
    } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
      StatusMessage.tell(
          "setting 'listener' has the value '"
              + listenerClass
              + "': it must be a class that implements "
              + PipelineListener.class.getName()
              + " and has a public constructor without parameters; none is used",
          e);
      return null;
    }
  }

  private @Nullable LoggerContext context() {
    return getConfiguration() == null ? null : getConfiguration().getLoggerContext();
  }

  /** The same for configurations that need not be told apart; may hold secrets. */
  private List<String> identity(HowdahConfig config) {
    LoggerContext context = context();
    return List.of(
        context == null ? "" : String.valueOf(context.getName()),
        getName(),
        config.toString(),
        String.valueOf(config.url()),
        String.valueOf(config.password()),
        hikari == null ? identity(givenHikari) : hikari.identity(),
        jndiName == null ? identity(dataSource) : jndiName,
        ConnectionSourceAdapter.identity(connectionSource),
        elements().stream().map(ChannelElement::identity).toList().toString(),
        givenChannels.stream().map(PostgresBuilder::identityOf).toList().toString(),
        listenerClass == null ? identity(listener) : listenerClass);
  }

  private static String identityOf(NotificationChannel given) {
    return given.name() + given.rules() + identity(given.notifier());
  }

  private static String identity(@Nullable Object given) {
    return given == null ? "" : given.getClass().getName() + System.identityHashCode(given);
  }
}
