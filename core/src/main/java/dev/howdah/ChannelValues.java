package dev.howdah;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The settings of one channel, read and checked, with defaults where nothing was said. */
final class ChannelValues {

  private final Map<ChannelSetting, Object> values = new EnumMap<>(ChannelSetting.class);
  private final Map<String, String> others;

  private ChannelValues(Map<String, String> others) {
    this.others = others;
  }

  /**
   * Reads the settings that a channel of this kind has.
   *
   * @throws IllegalArgumentException when one is wrong or a required one is missing
   */
  static ChannelValues read(String kind, Map<String, String> texts) {
    Map<String, String> left = new LinkedHashMap<>(texts);
    ChannelValues values = new ChannelValues(left);
    for (ChannelSetting setting : ChannelSetting.of(kind)) {
      values.read(setting, left.remove(setting.settingName()));
    }
    return values;
  }

  private void read(ChannelSetting setting, @Nullable String text) {
    if (setting.isRequired() && (text == null || text.isBlank())) {
      throw new IllegalArgumentException(
          "setting '%s' has no value: it must be %s"
              .formatted(setting.settingName(), setting.requirement()));
    }
    if (text == null && setting.defaultText().isEmpty()) {
      return; // Nothing, or what the notifier has by itself.
    }
    Object value = setting.parse(text == null ? setting.defaultText() : text);
    if (value != null) {
      values.put(setting, value);
    }
  }

  /** What no setting of the kind has the name of. */
  Map<String, String> others() {
    return others;
  }

  /** Gives it to a builder, where it has a value. */
  <T> void give(ChannelSetting setting, Class<T> type, Consumer<? super T> to) {
    Object value = values.get(setting);
    if (value != null) {
      to.accept(type.cast(value));
    }
  }

  void giveText(ChannelSetting setting, Consumer<? super String> to) {
    give(setting, String.class, to);
  }

  void giveList(ChannelSetting setting, Consumer<? super List<String>> to) {
    give(setting, List.class, list -> to.accept(texts(list)));
  }

  private static List<String> texts(List<?> list) {
    return list.stream().map(String.class::cast).toList();
  }
}
