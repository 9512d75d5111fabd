package dev.howdah.chaos;

import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The live objects of this JVM, by class: what {@code jcmd PID GC.class_histogram} prints, after a
 * full collection.
 *
 * @param bytes how many each class holds
 */
record HeapHistogram(Map<String, Long> bytes) {

  private static final int SHOWN = 3;

  static HeapHistogram now() throws JMException {
    Object text =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    return parse(text.toString());
  }

  /** Lines such as {@code 1: 10409 1248176 [B (java.base@17.0.15)}. */
  static HeapHistogram parse(String text) {
    Map<String, Long> bytes = new TreeMap<>();
    text.lines()
        .map(line -> line.trim().split("\\s+"))
        .filter(columns -> columns.length >= 4 && columns[0].matches("\\d+:"))
        .forEach(columns -> bytes.merge(columns[3], Long.parseLong(columns[2]), Long::sum));
    return new HeapHistogram(bytes);
  }

  long total() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many bytes each class holds more than it did then, those that grew. */
  Map<String, Long> grownSince(HeapHistogram then) {
    Map<String, Long> grown = new TreeMap<>();
    bytes.forEach(
        (name, now) -> {
          long more = now - then.bytes.getOrDefault(name, 0L);
          if (more > 0) {
            grown.put(name, more);
          }
        });
    return grown;
  }

  /** The classes that grew the most. */
  String mostGrownSince(HeapHistogram then) {
    return grownSince(then).entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(SHOWN)
        .map(entry -> "%s %,d KiB".formatted(entry.getKey(), entry.getValue() / 1024))
        .collect(Collectors.joining(", "));
  }
}
