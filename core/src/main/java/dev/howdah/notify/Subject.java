package dev.howdah.notify;

/** What a notification is about. */
public sealed interface Subject permits Issue, ErrorRate, Digest, Trial {}
