package dev.howdah.testkit;

import java.lang.reflect.Proxy;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.spi.InitialContextFactory;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A JNDI as an application server has it, which knows one DataSource. One for the whole JVM. */
public final class TestJndi implements InitialContextFactory {

  /** The name of the DataSource. */
  public static final String NAME = "java:comp/env/jdbc/logs";

  private static volatile @Nullable DataSource dataSource;

  /** Made by JNDI. */
  public TestJndi() {}

  /**
   * Makes JNDI know a DataSource, under {@link #NAME}.
   *
   * @param known the DataSource
   */
  public static void knows(DataSource known) {
    dataSource = known;
    System.setProperty(Context.INITIAL_CONTEXT_FACTORY, TestJndi.class.getName());
  }

  /** Makes JNDI forget it. */
  public static void isGone() {
    System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
    dataSource = null;
  }

  @Override
  public Context getInitialContext(Hashtable<?, ?> environment) {
    return (Context)
        Proxy.newProxyInstance(
            TestJndi.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("lookup") && NAME.equals(arguments[0])) {
                return dataSource;
              }
              throw new NameNotFoundException(String.valueOf(method));
            });
  }
}
