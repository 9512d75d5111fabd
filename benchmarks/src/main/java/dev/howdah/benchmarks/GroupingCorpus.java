package dev.howdah.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Stack traces with labels: a folder for each family of look-alikes, in it a file for each bug, in
 * that a part for each trace. The {@code README.md} of the corpus in the resources says what counts
 * as one bug.
 *
 * <pre>
 * bug: what is wrong
 * why: why it is one bug
 *
 * === variant: what is special about this trace
 * java.lang.IllegalStateException: …
 * </pre>
 *
 * @param traces all of them, in the order of their files' names
 */
record GroupingCorpus(List<LabelledTrace> traces) {

  private static final String VARIANT = "=== variant: ";

  /** Pairs across families are nearly all easy, and many: so many of them are asked about. */
  private static final int SAMPLED_PAIRS = 5_000;

  private static final long SEED = 20_260_101;

  /** Two traces, and whether one key for both would be right. */
  record Pair(LabelledTrace one, LabelledTrace other) {

    boolean sameBug() {
      return one.sameBugAs(other);
    }

    @Override
    public String toString() {
      return one + " | " + other;
    }
  }

  GroupingCorpus {
    traces = List.copyOf(traces);
  }

  /** {@return the corpus in the resources} */
  static GroupingCorpus own() throws IOException {
    URL folder = Objects.requireNonNull(GroupingCorpus.class.getResource("grouping"));
    try {
      URI uri = folder.toURI();
      return read(Path.of(uri));
    } catch (URISyntaxException e) {
      throw new IOException("not a folder: " + folder, e);
    }
  }

  /**
   * Reads a corpus.
   *
   * @param folder the families' folders are in it
   * @throws IOException when a file can't be read, or isn't of the form above
   */
  static GroupingCorpus read(Path folder) throws IOException {
    List<LabelledTrace> traces = new ArrayList<>();
    for (Path file : files(folder)) {
      traces.addAll(parse(file));
    }
    return new GroupingCorpus(traces);
  }

  /** {@return every pair of traces of one bug} */
  List<Pair> samePairs() {
    return pairs().filter(Pair::sameBug).toList();
  }

  /** {@return every pair of traces of different bugs of one family} */
  List<Pair> lookAlikePairs() {
    return pairs().filter(pair -> !pair.sameBug() && pair.one.sameFamilyAs(pair.other)).toList();
  }

  /** {@return pairs of different families, the same ones each time} */
  List<Pair> sampledPairs() {
    List<Pair> pairs =
        new ArrayList<>(pairs().filter(pair -> !pair.one.sameFamilyAs(pair.other)).toList());
    Collections.shuffle(pairs, new Random(SEED));
    return pairs.subList(0, Math.min(SAMPLED_PAIRS, pairs.size()));
  }

  /** {@return all that a method of grouping is asked about} */
  List<Pair> judgedPairs() {
    return Stream.of(samePairs(), lookAlikePairs(), sampledPairs()).flatMap(List::stream).toList();
  }

  /** {@return how many bugs it knows} */
  long bugs() {
    return traces.stream().map(LabelledTrace::label).distinct().count();
  }

  private Stream<Pair> pairs() {
    return Stream.iterate(0, one -> one < traces.size(), one -> one + 1)
        .flatMap(
            one ->
                traces.subList(one + 1, traces.size()).stream()
                    .map(other -> new Pair(traces.get(one), other)));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static List<LabelledTrace> parse(Path file) throws IOException {
    String[] parts = Files.readString(file).split("(?m)^" + VARIANT, -1);
    if (!parts[0].matches("bug: .+\nwhy: .+\n\n")) {
      throw new IOException(file + " does not begin with its bug and why it is one");
    }
    String bug = file.getFileName().toString().replaceFirst("\\.txt$", "");
    String family = file.getParent().getFileName().toString();
    List<LabelledTrace> traces = new ArrayList<>();
    for (String part : List.of(parts).subList(1, parts.length)) {
      String[] variantAndText = part.split("\n", 2);
      if (variantAndText.length < 2 || variantAndText[1].isBlank()) {
        throw new IOException(file + " has a variant without a trace: " + part);
      }
      traces.add(new LabelledTrace(family, bug, variantAndText[0], variantAndText[1].strip()));
    }
    return traces;
  }
}
