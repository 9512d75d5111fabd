package dev.howdah.log4j2;

import dev.howdah.ChannelConfig;
import dev.howdah.ChannelSetting;
import java.util.Map;
import org.apache.logging.log4j.core.config.Node;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginAliases;
import org.apache.logging.log4j.core.config.plugins.PluginBuilderFactory;

/**
 * The elements within {@code <Postgres>} that name a way to tell people of errors: {@code <Email>},
 * {@code <Slack>}, {@code <Webhook>} and {@code <PagerDuty>}, with the settings of {@link
 * ChannelSetting} as attributes, and {@code <Channel kind="…">} for any kind.
 *
 * <pre>{@code
 * <Slack webhookUrl="${env:SLACK_URL}"/>
 * <Channel kind="teams" name="operators" room="42"/>
 * }</pre>
 */
@Plugin(name = "Channel", category = Node.CATEGORY, elementType = ChannelElement.TYPE)
@PluginAliases({"Email", "Slack", "Webhook", "PagerDuty"})
public final class ChannelElement {

  static final String TYPE = "channel";

  private final ChannelConfig config;

  private ChannelElement(ChannelConfig config) {
    this.config = config;
  }

  /**
   * Called by Log4j2.
   *
   * @return a builder whose fields Log4j2 fills
   */
  @PluginBuilderFactory
  public static Builder newBuilder() {
    return new Builder();
  }

  ChannelConfig config() {
    return config;
  }

  /** Tells two elements apart; holds secrets. */
  String identity() {
    return config.kind() + config.settings();
  }

  /** Filled by Log4j2. For one thread. */
  public static final class Builder
      implements org.apache.logging.log4j.core.util.Builder<ChannelElement> {

    @ChannelAttributes private ChannelConfig config = new ChannelConfig("", Map.of());

    private Builder() {}

    @Override
    public ChannelElement build() {
      return new ChannelElement(config);
    }
  }
}
