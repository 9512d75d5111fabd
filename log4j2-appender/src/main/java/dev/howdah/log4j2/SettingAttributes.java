package dev.howdah.log4j2;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apache.logging.log4j.core.config.plugins.PluginVisitorStrategy;

/**
 * Marks the field of a builder that gets every attribute of its element that is a {@link
 * dev.howdah.Setting}, by name. So a new setting needs no line here.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@PluginVisitorStrategy(SettingAttributesVisitor.class)
@interface SettingAttributes {}
