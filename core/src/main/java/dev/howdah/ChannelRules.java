package dev.howdah;

import dev.howdah.event.Level;
import dev.howdah.notify.NotificationRules;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes rules of the settings that every channel has. */
final class ChannelRules {

  private ChannelRules() {}

  static NotificationRules of(ChannelValues values) {
    NotificationRules.Builder rules = NotificationRules.builder();
    values.give(ChannelSetting.LEVEL, Level.class, rules::level);
    values.give(
        ChannelSetting.NOTIFY_ON_OCCURRENCE,
        List.class,
        numbers -> rules.notifyOnOccurrence(integers(numbers)));
    values.give(ChannelSetting.EVERY, Integer.class, rules::every);
    values.give(ChannelSetting.REGRESSIONS, Boolean.class, rules::regressions);
    values.give(ChannelSetting.SPIKE_FACTOR, Double.class, rules::spikeFactor);
    values.give(ChannelSetting.SPIKE_FLOOR, Integer.class, rules::spikeFloor);
    values.give(ChannelSetting.ERROR_RATE, Double.class, rules::errorRate);
    values.giveList(ChannelSetting.SERVICES, rules::services);
    values.giveList(ChannelSetting.ENVIRONMENTS, rules::environments);
    values.giveList(ChannelSetting.EXCEPTION_TYPES, rules::exceptionTypes);
    values.giveList(ChannelSetting.LOGGERS, rules::loggers);
    values.give(
        ChannelSetting.QUIET_HOURS,
        QuietHours.class,
        hours -> rules.quietHours(hours.from(), hours.until()));
    values.give(ChannelSetting.TIME_ZONE, ZoneId.class, rules::zone);
    values.give(ChannelSetting.MAX_PER_HOUR, Integer.class, rules::maxPerHour);
    values.giveList(ChannelSetting.CONTEXT_KEYS, rules::contextKeys);
    values.giveText(ChannelSetting.LINK, rules::link);
    values.give(ChannelSetting.TIMEOUT, Duration.class, rules::timeout);
    values.give(ChannelSetting.GIVE_UP_AFTER, Duration.class, rules::giveUpAfter);
    return rules.build();
  }

  private static Set<Integer> integers(List<?> numbers) {
    return numbers.stream().map(Integer.class::cast).collect(Collectors.toSet());
  }
}
