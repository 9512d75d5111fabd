package dev.howdah.log4j2;

import java.lang.annotation.Annotation;
import java.util.Map;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.Node;
import org.apache.logging.log4j.core.config.plugins.visitors.AbstractPluginVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Takes attributes of an element by the names of settings, with their look-ups done. Log4j2
 * complains of those that are left. No value is logged, since some are secrets.
 *
 * <p>Several lines, as of {@code redactPatterns}, are written with <code>&amp;#10;</code> between
 * them, or in XML as the text of an element of the setting's name, which Log4j2 takes for an
 * attribute.
 *
 * @param <A> the annotation of the field that gets them
 */
abstract class AttributesVisitor<A extends Annotation> extends AbstractPluginVisitor<A> {

  AttributesVisitor(Class<A> annotation) {
    super(annotation);
  }

  /** Moves one, if it is there, from the element to the settings. */
  final void take(
      Node node,
      @Nullable LogEvent event,
      String setting,
      String alias,
      Map<String, String> settings) {
    String text = removeAttributeValue(node.getAttributes(), setting, alias);
    if (text != null) {
      settings.put(setting, substitutor.replace(event, text));
    }
  }
}
