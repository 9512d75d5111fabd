package dev.howdah.cache;

/**
 * How much the entries take whose keys begin alike.
 *
 * @param prefix what stands before the first colon of their keys, with the colon; empty for keys
 *     without one
 * @param entries how many there are
 * @param bytes of their rows, as stored; what is kept out of line counts by its reference only
 */
public record PrefixSize(String prefix, long entries, long bytes) {}
