package dev.howdah.log4j2;

import dev.howdah.ChannelConfig;
import dev.howdah.ChannelSetting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Node;
import org.jspecify.annotations.Nullable;

/**
 * Takes the attributes that are settings of a channel; of {@code <Channel>} all, since the settings
 * of another kind are known to its factory only. Made by Log4j2.
 */
@SuppressWarnings("exports") // the annotation is for our builder alone
public final class ChannelAttributesVisitor extends AttributesVisitor<ChannelAttributes> {

  private static final String KIND = "kind";

  /** Makes a visitor. */
  public ChannelAttributesVisitor() {
    super(ChannelAttributes.class);
  }

  @Override
  public Object visit(
      Configuration configuration, Node node, @Nullable LogEvent event, StringBuilder log) {
    String element = node.getType().getKey();
    Map<String, String> settings = new LinkedHashMap<>();
    for (ChannelSetting setting : ChannelSetting.of(element)) {
      String name = setting.settingName();
      take(node, event, name, name, settings);
    }
    ChannelConfig config = new ChannelConfig(element, settings);
    if (element.equals(ChannelElement.TYPE)) {
      for (String name : List.copyOf(node.getAttributes().keySet())) {
        take(node, event, name, name, settings);
      }
      String kind = settings.remove(KIND);
      config = new ChannelConfig(kind == null ? "" : kind, settings);
    }
    log.append("config=").append(config);
    return config;
  }
}
