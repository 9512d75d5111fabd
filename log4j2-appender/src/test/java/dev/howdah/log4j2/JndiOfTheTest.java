package dev.howdah.log4j2;

import java.lang.reflect.Proxy;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.spi.InitialContextFactory;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A JNDI as an application server has it, which knows one DataSource. */
public final class JndiOfTheTest implements InitialContextFactory {

  static final String NAME = "java:comp/env/jdbc/logging";
  private static volatile @Nullable DataSource dataSource;

  static void knows(DataSource known) {
    dataSource = known;
    System.setProperty(Context.INITIAL_CONTEXT_FACTORY, JndiOfTheTest.class.getName());
  }

  static void isGone() {
    System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
    dataSource = null;
  }

  @Override
  public Context getInitialContext(Hashtable<?, ?> environment) {
    return (Context)
        Proxy.newProxyInstance(
            JndiOfTheTest.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("lookup") && NAME.equals(arguments[0])) {
                return dataSource;
              }
              throw new NameNotFoundException(String.valueOf(method));
            });
  }
}
