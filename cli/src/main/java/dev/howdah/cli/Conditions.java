package dev.howdah.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The WHERE of a query: what the user left out is no condition. */
final class Conditions {

  private final StringBuilder sql = new StringBuilder("WHERE true");
  private final List<Object> values = new ArrayList<>();

  /**
   * Adds a condition.
   *
   * @param condition with one question mark
   * @param value in its place; null: no condition
   * @return this
   */
  Conditions and(String condition, @Nullable Object value) {
    if (value != null) {
      sql.append("\n  AND ").append(condition);
      values.add(value);
    }
    return this;
  }

  /** The same, to which more can be added. */
  Conditions copy() {
    Conditions copy = new Conditions();
    copy.sql.setLength(0);
    copy.sql.append(sql);
    copy.values.addAll(values);
    return copy;
  }

  /** The clause. */
  String sql() {
    return sql.toString();
  }

  /**
   * Its values, with others around them.
   *
   * @param before values of what comes before the clause
   * @param after values of what comes behind it
   */
  @Nullable Object[] values(List<?> before, List<? extends @Nullable Object> after) {
    List<@Nullable Object> all = new ArrayList<>(before);
    all.addAll(values);
    all.addAll(after);
    return all.toArray();
  }
}
