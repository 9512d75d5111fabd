package dev.howdah.testkit.conformance;

import java.util.List;

/**
 * A marker on a logging call.
 *
 * @param name its name
 * @param children the markers that it refers to: references in SLF4J, parents in Log4j2
 */
public record Mark(String name, List<Mark> children) {

  /** Makes the list unmodifiable. */
  public Mark {
    children = List.copyOf(children);
  }

  /**
   * A marker and those that it refers to.
   *
   * @param name its name
   * @param children the markers that it refers to
   * @return the marker
   */
  public static Mark of(String name, Mark... children) {
    return new Mark(name, List.of(children));
  }
}
