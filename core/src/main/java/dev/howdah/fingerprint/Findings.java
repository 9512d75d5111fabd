package dev.howdah.fingerprint;

import java.util.List;

/**
 * What was found out of an error, before it is hashed.
 *
 * @param basis by what it is grouped
 * @param parts the lines to be hashed
 * @param title as in {@link Fingerprint}
 * @param culprit as in {@link Fingerprint}
 * @param throwables the chain, with what became of its frames
 */
record Findings(
    Basis basis,
    List<String> parts,
    String title,
    String culprit,
    List<Explanation.Thrown> throwables) {}
