package dev.howdah.log4j2;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apache.logging.log4j.core.config.plugins.PluginVisitorStrategy;

/**
 * Marks the field of a builder that gets the kind of a channel, by its element's name, and every
 * attribute that is a {@link dev.howdah.ChannelSetting} of it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@PluginVisitorStrategy(ChannelAttributesVisitor.class)
@interface ChannelAttributes {}
