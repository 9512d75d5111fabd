/**
 * Howdah without a logging framework: takes events and writes them into PostgreSQL. The exported
 * packages are what appenders and their listeners use.
 */
// The driver has no descriptor yet, but a name of its own; howdah-log4j2 is built later than this.
@SuppressWarnings({"requires-automatic", "module"})
module dev.howdah.core {
  requires com.lmax.disruptor;
  requires transitive com.zaxxer.hikari;
  requires dev.howdah.sql;
  requires java.net.http;
  requires transitive java.sql;
  requires static transitive org.jspecify;
  requires static jakarta.mail;
  requires static org.eclipse.angus.mail;
  requires org.postgresql.jdbc;
  requires tools.jackson.databind;

  uses dev.howdah.notify.NotifierFactory;

  exports dev.howdah;
  exports dev.howdah.event;
  exports dev.howdah.fingerprint;
  exports dev.howdah.notify;
  exports dev.howdah.pipeline;
  exports dev.howdah.encode to
      dev.howdah.log4j2,
      dev.howdah.cli;
  exports dev.howdah.batch to
      dev.howdah.cli;
  exports dev.howdah.journal to
      dev.howdah.cli;
}
