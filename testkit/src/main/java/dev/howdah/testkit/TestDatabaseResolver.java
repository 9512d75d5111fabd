package dev.howdah.testkit;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One database for each test class and its nested ones, whichever method asks for it. */
final class TestDatabaseResolver implements ParameterResolver {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(TestDatabaseResolver.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestDatabase.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            outermost(context.getRequiredTestClass()),
            testClass -> PostgresServer.shared().createDatabase(),
            TestDatabase.class);
  }

  private static Class<?> outermost(Class<?> testClass) {
    Class<?> outer = testClass;
    while (outer.isAnnotationPresent(Nested.class)) {
      outer = outer.getEnclosingClass();
    }
    return outer;
  }
}
