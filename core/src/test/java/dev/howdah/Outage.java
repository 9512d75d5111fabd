package dev.howdah;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says which row of the table in {@code docs/outages.md} a test proves. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Outage {

  /** The first column of that row, such as {@code 57P01}. */
  String value();
}
