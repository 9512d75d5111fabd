package dev.howdah.log4j2;

import dev.howdah.Setting;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Node;
import org.jspecify.annotations.Nullable;

/** Takes the attributes that are settings of the application. Made by Log4j2. */
@SuppressWarnings("exports") // the annotation is for our builder alone
public final class SettingAttributesVisitor extends AttributesVisitor<SettingAttributes> {

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
      take(node, event, name, ALIASES.getOrDefault(setting, name), settings);
    }
    log.append("settings=").append(settings.keySet());
    return settings;
  }
}
