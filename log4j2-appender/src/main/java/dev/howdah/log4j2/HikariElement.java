package dev.howdah.log4j2;

import com.zaxxer.hikari.HikariConfig;
import java.util.Properties;
import org.apache.logging.log4j.core.config.Node;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginElement;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;

/**
 * The element {@code <Hikari>} within {@code <Postgres>}: any of HikariCP's properties by its own
 * name, those of the driver included.
 *
 * <pre>{@code
 * <Hikari>
 *   <Property name="maximumPoolSize">3</Property>
 *   <Property name="dataSource.sslmode">verify-full</Property>
 * </Hikari>
 * }</pre>
 */
@Plugin(name = "Hikari", category = Node.CATEGORY, elementType = HikariElement.TYPE)
public final class HikariElement {

  static final String TYPE = "hikari";

  private final Properties properties;
  private final HikariConfig config;

  private HikariElement(Properties properties) {
    this.properties = properties;
    config = new HikariConfig(properties);
  }

  /**
   * Called by Log4j2.
   *
   * @param properties names and values
   * @return the element
   * @throws RuntimeException when HikariCP does not know a property; the message names it
   */
  @PluginFactory
  public static HikariElement create(@PluginElement("Properties") Property[] properties) {
    Properties named = new Properties();
    for (Property property : properties) {
      named.setProperty(property.getName(), property.getValue());
    }
    return new HikariElement(named);
  }

  HikariConfig config() {
    return config;
  }

  /** Tells two elements apart; may hold a password. */
  String identity() {
    return properties.toString();
  }
}
