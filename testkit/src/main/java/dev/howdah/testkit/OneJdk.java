package dev.howdah.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Tests of what PostgreSQL does, of SQL, of settings, or of large numbers: no JDK differs in them,
 * and they take minutes. A build that runs its tests on a second JDK leaves them out there.
 */
@Tag("one-jdk")
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OneJdk {}
