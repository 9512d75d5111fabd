/**
 * A cache in PostgreSQL. Needs JDBC and Jackson; copies in memory need Caffeine and PostgreSQL's
 * own driver as well.
 */
// The driver, Micrometer and Spring have no descriptors, but names of their own.
@SuppressWarnings("requires-automatic")
module dev.howdah.cache {
  requires transitive java.sql;
  requires static transitive org.jspecify;
  requires transitive tools.jackson.databind;
  requires static com.github.benmanes.caffeine;
  requires static micrometer.core;
  requires static org.postgresql.jdbc;
  requires static spring.context;

  exports dev.howdah.cache;
  exports dev.howdah.cache.micrometer;
  exports dev.howdah.cache.spring;
}
