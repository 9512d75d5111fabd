/** Howdah for Logback. */
module dev.howdah.logback {
  requires transitive ch.qos.logback.classic;
  requires transitive ch.qos.logback.core;
  requires transitive dev.howdah.core;
  requires java.naming;
  requires org.slf4j;

  exports dev.howdah.logback;
}
