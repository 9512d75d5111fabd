/** An application on the module path that logs through Howdah, by both of its appenders. */
module com.example.shop {
  requires dev.howdah.core;
  requires dev.howdah.log4j2;
  requires dev.howdah.logback;
  requires org.apache.logging.log4j;
  requires org.slf4j;

  // The frameworks make the listener that their files name; Jackson reads objects in the context.
  exports com.example.shop to
      ch.qos.logback.core,
      org.apache.logging.log4j,
      tools.jackson.databind;
}
