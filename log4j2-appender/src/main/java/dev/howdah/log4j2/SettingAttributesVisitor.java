package dev.howdah.log4j2;

import dev.howdah.Setting;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Node;
import org.apache.logging.log4j.core.config.plugins.visitors.AbstractPluginVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Takes the attributes that are settings, with their look-ups done. Log4j2 complains of those that
 * are left. Made by Log4j2.
 *
 * <p>Several lines, as of {@code redactPatterns}, are written with <code>&amp;#10;</code> between
 * them, or in XML as the text of an element of the setting's name, which Log4j2 takes for an
 * attribute.
 */
@SuppressWarnings("exports") // the annotation is for our builder alone
public final class SettingAttributesVisitor extends AbstractPluginVisitor<SettingAttributes> {

  /** Other names of settings, which users of Log4j2 know. */
  private static final Map<Setting, String> ALIASES =
      Map.of(Setting.INCLUDE_CALLER_DATA, "includeLocation");

  /** Makes a visitor. */
  public SettingAttributesVisitor() {
    super(SettingAttributes.class);
  }

  @Override
  public Object visit(
      Configuration configuration, Node node, @Nullable LogEvent event, StringBuilder log) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (Setting setting : Setting.values()) {
      String name = setting.settingName();
      String text =
          removeAttributeValue(node.getAttributes(), name, ALIASES.getOrDefault(setting, name));
      if (text != null) {
        settings.put(name, substitutor.replace(event, text));
      }
    }
    log.append("settings=").append(settings.keySet());
    return settings;
  }
}
