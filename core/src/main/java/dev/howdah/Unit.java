package dev.howdah;

import java.util.Map;

/** Units of time and size: in milliseconds and bytes, as a user writes them and as we say them. */
final class Unit {

  static final long SECOND = 1000;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;
  static final long KIB = 1024;
  static final long MIB = 1024 * KIB;
  static final long GIB = 1024 * MIB;

  /** The only one of plain numbers. */
  static final Map<String, Long> NONE = Map.of("", 1L);

  static final Map<String, Long> DURATIONS =
      Map.ofEntries(
          Map.entry("", 1L),
          Map.entry("ms", 1L),
          Map.entry("millisecond", 1L),
          Map.entry("s", SECOND),
          Map.entry("sec", SECOND),
          Map.entry("second", SECOND),
          Map.entry("m", MINUTE),
          Map.entry("min", MINUTE),
          Map.entry("minute", MINUTE),
          Map.entry("h", HOUR),
          Map.entry("hour", HOUR),
          Map.entry("d", DAY),
          Map.entry("day", DAY));

  static final Map<String, Long> SIZES =
      Map.of(
          "", 1L, "b", 1L, "byte", 1L, "k", KIB, "kb", KIB, "kib", KIB, "mb", MIB, "mib", MIB, "gb",
          GIB, "gib", GIB);

  private Unit() {}

  /** Such as {@code 64 MiB}. */
  static String size(long bytes) {
    if (bytes >= GIB) {
      return bytes / GIB + " GiB";
    }
    return bytes >= MIB ? bytes / MIB + " MiB" : bytes / KIB + " KiB";
  }

  /** Such as {@code 250 ms}. */
  static String duration(long millis) {
    if (millis >= DAY) {
      return millis / DAY + " d";
    }
    if (millis >= HOUR) {
      return millis / HOUR + " h";
    }
    if (millis >= MINUTE) {
      return millis / MINUTE + " min";
    }
    return millis >= SECOND ? millis / SECOND + " s" : millis + " ms";
  }
}
