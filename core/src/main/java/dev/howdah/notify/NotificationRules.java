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
  public static final NotificationRules DEFAULT = builder().build();

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException naming what is out of its range
   */
  public NotificationRules {
    notifyOnOccurrence = Collections.unmodifiableSet(new TreeSet<>(notifyOnOccurrence));
    services = List.copyOf(services);
    environments = List.copyOf(environments);
    exceptionTypes = List.copyOf(exceptionTypes);
    loggers = List.copyOf(loggers);
    contextKeys = List.copyOf(contextKeys);
    Objects.requireNonNull(zone, "zone");
    for (int occurrence : notifyOnOccurrence) {
      require(occurrence >= 1, "notifyOnOccurrence", occurrence, "1 or more");
    }
    require(every >= 0, "every", every, "0 or more");
    require(spikeFactor >= 0, "spikeFactor", spikeFactor, "0 or more");
    require(spikeFloor >= 1, "spikeFloor", spikeFloor, "1 or more");
    require(errorRate >= 0, "errorRate", errorRate, "0 or more");
    require(
        (quietFrom == null) == (quietUntil == null),
        "quietUntil",
        quietUntil,
        "there with its begin");
    require(maxPerHour >= 0, "maxPerHour", maxPerHour, "0 or more");
    require(isPositive(timeout), "timeout", timeout, "more than 0");
    require(isPositive(giveUpAfter), "giveUpAfter", giveUpAfter, "more than 0");
    if (link != null) {
      MessageTemplate.of(link);
    }
  }

  private static void require(
      boolean holds, String setting, @Nullable Object value, String requirement) {
    if (!holds) {
      throw new IllegalArgumentException(
          "setting '" + setting + "' has the value '" + value + "': it must be " + requirement);
    }
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }

  /**
   * For rules of your own.
   *
   * @return a builder of {@link #DEFAULT}
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects rules. For one thread. */
  public static final class Builder {
    private Set<Integer> notifyOnOccurrence = Set.of(1, 100, 200, 300);
    private int every;
    private boolean regressions = true;
    private double spikeFactor = 10;
    private int spikeFloor = 50;
    private double errorRate;
    private Level level = Level.ERROR;
    private List<String> services = List.of();
    private List<String> environments = List.of();
    private List<String> exceptionTypes = List.of();
    private List<String> loggers = List.of();
    private @Nullable LocalTime quietFrom;
    private @Nullable LocalTime quietUntil;
    private ZoneId zone = ZoneId.systemDefault();
    private int maxPerHour = 30;
    private List<String> contextKeys = List.of();
    private @Nullable String link;
    private Duration timeout = Duration.ofSeconds(15);
    private Duration giveUpAfter = Duration.ofDays(1);

    private Builder() {}

    /** Occurrences of a bug that people are told of. Default 1, 100, 200, 300. */
    public Builder notifyOnOccurrence(Set<Integer> notifyOnOccurrence) {
      this.notifyOnOccurrence = notifyOnOccurrence;
      return this;
    }

    /** Tells of each so-manieth occurrence beside those; 0, the default: not. */
    public Builder every(int every) {
      this.every = every;
      return this;
    }

    /** Whether to tell that a resolved bug is back. Default true. */
    public Builder regressions(boolean regressions) {
      this.regressions = regressions;
      return this;
    }

    /** How many times its hourly mean a bug's rate must be to be told of; 0: not. Default 10. */
    public Builder spikeFactor(double spikeFactor) {
      this.spikeFactor = spikeFactor;
      return this;
    }

    /** Occurrences in five minutes below which there is no spike, at least 1. Default 50. */
    public Builder spikeFloor(int spikeFloor) {
      this.spikeFloor = spikeFloor;
      return this;
    }

    /**
     * Errors a second, over five minutes, above which a service is told of; 0, the default: not.
     */
    public Builder errorRate(double errorRate) {
      this.errorRate = errorRate;
      return this;
    }

    /** Least level of errors. Default {@link Level#ERROR}. */
    public Builder level(Level level) {
      this.level = level;
      return this;
    }

    /** Services, also with {@code *} at the end; empty, the default: the application's own. */
    public Builder services(List<String> services) {
      this.services = services;
      return this;
    }

    /** Environments, likewise. */
    public Builder environments(List<String> environments) {
      this.environments = environments;
      return this;
    }

    /** Classes of exceptions, also with {@code *} at the end; empty, the default: all. */
    public Builder exceptionTypes(List<String> exceptionTypes) {
      this.exceptionTypes = exceptionTypes;
      return this;
    }

    /** Loggers of a bug's first occurrence, likewise. */
    public Builder loggers(List<String> loggers) {
      this.loggers = loggers;
      return this;
    }

    /** When nothing is sent; {@code until} is before {@code from} where midnight is between. */
    public Builder quietHours(LocalTime from, LocalTime until) {
      quietFrom = from;
      quietUntil = until;
      return this;
    }

    /** Time zone of the quiet hours, one with a name. Default: the JVM's. */
    public Builder zone(ZoneId zone) {
      this.zone = zone;
      return this;
    }

    /** Messages in an hour beyond which a digest is made; 0: any number. Default 30. */
    public Builder maxPerHour(int maxPerHour) {
      this.maxPerHour = maxPerHour;
      return this;
    }

    /** Keys of an error's context that messages show. Default: none. */
    public Builder contextKeys(List<String> contextKeys) {
      this.contextKeys = contextKeys;
      return this;
    }

    /** Where people read on, with the variables of a {@link MessageTemplate}. Default: none. */
    public Builder link(String link) {
      this.link = link;
      return this;
    }

    /** How long sending may take. Default 15 s. */
    public Builder timeout(Duration timeout) {
      this.timeout = timeout;
      return this;
    }

    /** Age at which a message that could not be sent is given up. Default 1 d. */
    public Builder giveUpAfter(Duration giveUpAfter) {
      this.giveUpAfter = giveUpAfter;
      return this;
    }

    /**
     * The rules.
     *
     * @throws IllegalArgumentException naming what is out of its range
     */
    public NotificationRules build() {
      return new NotificationRules(
          notifyOnOccurrence,
          every,
          regressions,
          spikeFactor,
          spikeFloor,
          errorRate,
          level,
          services,
          environments,
          exceptionTypes,
          loggers,
          quietFrom,
          quietUntil,
          zone,
          maxPerHour,
          contextKeys,
          link,
          timeout,
          giveUpAfter);
    }
  }
}
