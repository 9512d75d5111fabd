package dev.howdah.cli;

/** By what a list of errors is sorted, the highest first; named as the option's values are. */
enum IssueOrder {
  OCCURRENCES("occurrences"),
  LAST_SEEN("last_seen"),
  FIRST_SEEN("first_seen");

  private final String column;

  IssueOrder(String column) {
    this.column = column;
  }

  /** Of the view issues. */
  String column() {
    return column;
  }

  @Override
  public String toString() {
    return column.replace('_', '-');
  }
}
