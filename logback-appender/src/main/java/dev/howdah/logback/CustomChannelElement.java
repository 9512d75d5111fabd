package dev.howdah.logback;

import dev.howdah.notify.NotifierFactory;

/**
 * The element {@code <channel>}: a channel of a kind that a {@link NotifierFactory} makes.
 *
 * <pre>{@code
 * <channel>
 *   <kind>teams</kind> <maxPerHour>10</maxPerHour>
 *   <setting><name>room</name> <value>42</value></setting>
 * </channel>
 * }</pre>
 */
public final class CustomChannelElement extends ChannelElement {

  private String kind = "";

  /** Made by Logback, and by programs. */
  public CustomChannelElement() {}

  @Override
  String kind() {
    return kind;
  }

  /**
   * What the channel is.
   *
   * @param kind that of a {@link NotifierFactory}, or one of Howdah's own; required
   */
  public void setKind(String kind) {
    this.kind = kind;
  }

  /**
   * Adds a setting that its kind has.
   *
   * @param setting name and value
   */
  public void addSetting(SettingElement setting) {
    set(setting.name(), setting.value());
  }
}
