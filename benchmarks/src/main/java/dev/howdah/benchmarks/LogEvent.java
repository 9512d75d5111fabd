package dev.howdah.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * One event to log: a line of a real log, taken apart as the application had put it together. Words
 * with a digit in them are taken for arguments, the rest is the template.
 *
 * @param level its level
 * @param logger name of its logger
 * @param template message with {@code {}} for each argument
 * @param arguments what comes into the template
 */
record LogEvent(Level level, String logger, String template, List<String> arguments) {

  /** HDFS, Hadoop and Spark name the logger before a colon, ZooKeeper within the brackets. */
  private static final Pattern LINE =
      Pattern.compile(
          "(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\\s+"
              + "(?:\\[.*?:([\\w$]+)@\\d+\\] -|(?:\\[.*?\\] )?([\\w.$]+):) (.*)$");

  private static final Pattern ARGUMENT = Pattern.compile("\\S*\\d\\S*");

  /** Takes a line apart; null when it is not the first of an event. */
  static @Nullable LogEvent parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.find()) {
      return null;
    }
    String level = matcher.group(1).equals("FATAL") ? "ERROR" : matcher.group(1);
    String logger = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
    return of(Level.valueOf(level), logger, matcher.group(4));
  }

  static LogEvent of(Level level, String logger, String message) {
    List<String> arguments = new ArrayList<>();
    Matcher matcher = ARGUMENT.matcher(message);
    String template =
        matcher.replaceAll(
            word -> {
              arguments.add(word.group());
              return "{}";
            });
    return new LogEvent(level, logger, template, arguments);
  }
}
