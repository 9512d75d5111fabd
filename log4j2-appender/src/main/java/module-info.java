/** Howdah for Log4j2. */
@SuppressWarnings("module") // Log4j2 is called so
module dev.howdah.log4j2 {
  requires transitive dev.howdah.core;
  requires transitive org.apache.logging.log4j;
  requires transitive org.apache.logging.log4j.core;

  exports dev.howdah.log4j2;

  // Log4j2 writes the builder's fields.
  opens dev.howdah.log4j2 to
      org.apache.logging.log4j.core;
}
