package dev.howdah.benchmarks;

/**
 * A printed stack trace, and the bug that a developer says it is.
 *
 * @param family the look-alikes that the bug belongs to
 * @param bug the bug's name, unique in its family
 * @param variant what is special about this trace, unique in its bug
 * @param text the trace as printed, first line to last
 */
record LabelledTrace(String family, String bug, String variant, String text) {

  boolean sameBugAs(LabelledTrace other) {
    return bug.equals(other.bug) && sameFamilyAs(other);
  }

  boolean sameFamilyAs(LabelledTrace other) {
    return family.equals(other.family);
  }

  /** {@return where to find it in the corpus} */
  String label() {
    return family + "/" + bug;
  }

  @Override
  public String toString() {
    return label() + " (" + variant + ")";
  }
}
