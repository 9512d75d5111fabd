package dev.howdah.documentation;

import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.action.Action;
import ch.qos.logback.core.joran.spi.ElementSelector;
import ch.qos.logback.core.joran.spi.RuleStore;
import ch.qos.logback.core.joran.spi.SaxEventInterpretationContext;
import dev.howdah.testkit.TestDatabase;
import java.util.Map;
import java.util.Objects;
import org.xml.sax.Attributes;

/**
 * Reads {@code springProperty} as Spring Boot's own configurator does, which is not public: a
 * variable of Logback's from a property of the application.
 */
final class SpringLikeConfigurator extends JoranConfigurator {

  private final Map<String, String> application;

  SpringLikeConfigurator(TestDatabase db) {
    application =
        Map.of(
            "spring.application.name", "checkout",
            "spring.datasource.url", db.url(),
            "spring.datasource.username", db.username(),
            "spring.datasource.password", LoggedShop.passwordOf(db));
  }

  @Override
  public void addElementSelectorAndActionAssociations(RuleStore rules) {
    super.addElementSelectorAndActionAssociations(rules);
    rules.addRule(new ElementSelector("configuration/springProperty"), SpringProperty::new);
  }

  private final class SpringProperty extends Action {
    @Override
    public void begin(SaxEventInterpretationContext document, String tag, Attributes attributes) {
      String source = attributes.getValue("source");
      String value = Objects.requireNonNull(application.get(source), source);
      SpringLikeConfigurator.this.getContext().putProperty(attributes.getValue("name"), value);
    }

    @Override
    public void end(SaxEventInterpretationContext document, String tag) {}
  }
}
