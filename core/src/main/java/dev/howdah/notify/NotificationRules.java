package dev.howdah.notify;

import dev.howdah.event.Level;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which errors a channel tells of, and how often. Lists of names may end in {@code *}; an empty one
 * stands for all, but for services and environments, where it is the application's own.
 *
 * @param notifyOnOccurrence occurrences of a bug that people are told of, each at least 1
 * @param every tells of each so-manieth occurrence beside those; 0: not
 * @param regressions whether to tell that a resolved bug is back
 * @param spikeFactor tells of a bug whose rate in five minutes is more than so many times its own
 *     hourly mean of the last week; 0: not
 * @param spikeFloor occurrences in those five minutes below which there is no spike
 * @param errorRate tells of a service with more errors a second, over five minutes; 0: not
 * @param level least level
 * @param services services
 * @param environments environments
 * @param exceptionTypes classes of exceptions
 * @param loggers loggers of a bug's first occurrence
 * @param quietFrom from when on nothing is sent; null: there are no quiet hours
 * @param quietUntil until when; before {@code quietFrom} where the night is between
 * @param zone time zone of the two
 * @param maxPerHour messages in an hour beyond which the rest is held back for a digest; 0: any
 *     number
 * @param contextKeys keys of an error's context that the message shows
 * @param link template of a link to where people read on; null: none
 * @param timeout how long sending may take
 * @param giveUpAfter age at which a message that could not be sent is given up
 */
public record NotificationRules(
    Set<Integer> notifyOnOccurrence,
    int every,
    boolean regressions,
    double spikeFactor,
    int spikeFloor,
    double errorRate,
    Level level,
    List<String> services,
    List<String> environments,
    List<String> exceptionTypes,
    List<String> loggers,
    @Nullable LocalTime quietFrom,
    @Nullable LocalTime quietUntil,
    ZoneId zone,
    int maxPerHour,
    List<String> contextKeys,
    @Nullable String link,
    Duration timeout,
    Duration giveUpAfter) {

  /** What holds where nothing is configured. */
  public static final NotificationRules DEFAULT =
      new NotificationRules(
          Set.of(1, 100, 200, 300),
          0,
          true,
          10,
          50,
          0,
          Level.ERROR,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          null,
          null,
          ZoneId.of("UTC"),
          30,
          List.of(),
          null,
          Duration.ofSeconds(15),
          Duration.ofDays(1));

  /** Copies the collections. */
  public NotificationRules {
    notifyOnOccurrence = Collections.unmodifiableSet(new TreeSet<>(notifyOnOccurrence));
    services = List.copyOf(services);
    environments = List.copyOf(environments);
    exceptionTypes = List.copyOf(exceptionTypes);
    loggers = List.copyOf(loggers);
    contextKeys = List.copyOf(contextKeys);
    Objects.requireNonNull(zone, "zone");
  }
}
