package dev.howdah.testkit.conformance;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A class loader as an application server has it for each application: framework, Howdah and driver
 * are its own. What stands above is the JDK, the PostgreSQL driver, which DriverManager keeps for
 * ever, and this package's interface to drivers.
 */
final class IsolatedFramework implements AutoCloseable {

  private final URLClassLoader loader;
  private final Driver driver;

  IsolatedFramework(Class<? extends Driver> driverClass) throws ReflectiveOperationException {
    loader = new URLClassLoader("application", classPath(), new Shared());
    driver =
        loader
            .loadClass(driverClass.getName())
            .asSubclass(Driver.class)
            .getConstructor()
            .newInstance();
  }

  private static URL[] classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(IsolatedFramework::url)
        .toArray(URL[]::new);
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(entry, e);
    }
  }

  ClassLoader loader() {
    return loader;
  }

  Driver driver() {
    return driver;
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }

  /** The JDK, and a few packages of the test's own class loader. */
  private static final class Shared extends ClassLoader {
    Shared() {
      super("server", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("org.postgresql.")
          || name.startsWith("dev.howdah.testkit.conformance.")) {
        return IsolatedFramework.class.getClassLoader().loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
