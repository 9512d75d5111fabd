package dev.howdah.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as people give it: a distance from now, or a point. */
sealed interface Moment {

  /** The point, or that distance before now. */
  Instant ago(Instant now);

  /** The point, or that distance after now. */
  Instant ahead(Instant now);

  /**
   * Such as {@code 15m}.
   *
   * @param length up to 36500 days
   */
  record Distance(Duration length) implements Moment {
    @Override
    public Instant ago(Instant now) {
      return now.minus(length);
    }

    @Override
    public Instant ahead(Instant now) {
      return now.plus(length);
    }
  }

  /**
   * Such as {@code 2026-11-25T10:00Z}; without a zone it is UTC, as in all that is printed.
   *
   * @param at when
   */
  record Point(Instant at) implements Moment {
    @Override
    public Instant ago(Instant now) {
      return at;
    }

    @Override
    public Instant ahead(Instant now) {
      return at;
    }
  }

  /** Reads a moment from an option. */
  final class Converter implements ITypeConverter<Moment> {

    private static final Pattern DISTANCE = Pattern.compile("(\\d{1,9})([smhdw])");
    private static final Duration LONGEST = Duration.ofDays(36_500);

    @Override
    public Moment convert(String value) {
      String text = value.strip();
      Matcher distance = DISTANCE.matcher(text.toLowerCase(Locale.ROOT));
      try {
        return distance.matches() ? new Distance(length(distance)) : new Point(point(text));
      } catch (DateTimeException e) {
        throw new TypeConversionException(
            "'%s' is no time: it must be such as 30s, 15m, 2h, 7d, 2026-11-25 or 2026-11-25T10:00Z"
                .formatted(value));
      }
    }

    private static Duration length(Matcher distance) {
      ChronoUnit unit =
          switch (distance.group(2)) {
            case "s" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MINUTES;
            case "h" -> ChronoUnit.HOURS;
            case "d" -> ChronoUnit.DAYS;
            default -> ChronoUnit.WEEKS;
          };
      Duration length = unit.getDuration().multipliedBy(Long.parseLong(distance.group(1)));
      if (length.compareTo(LONGEST) > 0) {
        throw new DateTimeException("beyond what PostgreSQL has a date for");
      }
      return length;
    }

    private static Instant point(String text) {
      String iso = text.replace(' ', 'T');
      if (iso.indexOf('T') < 0) {
        return LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      TemporalAccessor point =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
      return point instanceof OffsetDateTime zoned
          ? zoned.toInstant()
          : LocalDateTime.from(point).toInstant(ZoneOffset.UTC);
    }
  }
}
