/** An application on the module path that logs through Howdah. */
module com.example.shop {
  requires dev.howdah.core;
  requires dev.howdah.logback;
  requires org.slf4j;

  // Logback makes the listener that logback.xml names; Jackson reads objects in the context.
  exports com.example.shop to
      ch.qos.logback.core,
      tools.jackson.databind;
}
