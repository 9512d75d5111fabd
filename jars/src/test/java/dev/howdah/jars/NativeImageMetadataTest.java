package dev.howdah.jars;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.joran.util.beans.BeanDescription;
import ch.qos.logback.core.joran.util.beans.BeanDescriptionCache;
import com.zaxxer.hikari.HikariConfig;
import dev.howdah.Setting;
import dev.howdah.event.PipelineListener;
import dev.howdah.logback.PostgresAppender;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keeps the metadata for native-image and the code together. No native compiler is needed, and none
 * is asked: that an image can be built is not shown here.
 */
class NativeImageMetadataTest {

  static List<PublishedJar> jars() throws IOException {
    return PublishedJar.all();
  }

  @ParameterizedTest
  @MethodSource("jars")
  void everyJarHasItsMetadataWhereNativeImageLooks(PublishedJar jar) throws IOException {
    assertThat(NativeImageMetadata.of(jar).files())
        .isNotEmpty()
        .isSubsetOf("reflect-config.json", "resource-config.json");
  }

  @ParameterizedTest
  @MethodSource("jars")
  void everyClassAndMethodThatIsNamedExists(PublishedJar jar) throws Exception {
    for (NativeImageMetadata.ReflectedType type : NativeImageMetadata.of(jar).types()) {
      Class<?> named = Class.forName(type.name(), false, getClass().getClassLoader());
      List<Executable> members = new ArrayList<>(List.of(named.getDeclaredConstructors()));
      members.addAll(List.of(named.getDeclaredMethods()));

      assertThat(type.methods())
          .as(type.name())
          .allMatch(call -> members.stream().anyMatch(call::names));
    }
  }

  @ParameterizedTest
  @MethodSource("jars")
  void everyResourceIsIncludedAndNoPatternIsIdle(PublishedJar jar) throws IOException {
    List<String> resources =
        jar.entries().stream()
            .filter(entry -> !entry.endsWith(".class") && !entry.startsWith("META-INF/"))
            .toList();
    List<Pattern> patterns = NativeImageMetadata.of(jar).resources();

    assertThat(resources)
        .allMatch(name -> patterns.stream().anyMatch(p -> p.matcher(name).matches()));
    assertThat(patterns)
        .allMatch(pattern -> resources.stream().anyMatch(name -> pattern.matcher(name).matches()));
  }

  @Test
  void theMigrationsAreAmongTheResources() throws IOException {
    assertThat(PublishedJar.named("howdah-sql").entries())
        .contains("dev/howdah/sql/migrations/index.txt");
  }

  @Test
  void hikariConfigCanBeCopiedByItsFields() throws IOException {
    NativeImageMetadata core = NativeImageMetadata.of(PublishedJar.named("howdah-core"));

    assertThat(core.type(HikariConfig.class).allDeclaredFields()).isTrue();
  }

  @Test
  void logbackCanMakeTheAppenderAndSetEverySetting() throws Exception {
    NativeImageMetadata logback = logback();
    BeanDescription appender = asLogbackSeesIt(PostgresAppender.class);

    assertThat(appender.getPropertyNameToSetter())
        .containsKeys(
            Arrays.stream(Setting.values()).map(Setting::settingName).toArray(String[]::new))
        .containsKeys("dataSource", "hikari", "jndiName", "listener");
    assertThat(called(PostgresAppender.class))
        .allMatch(logback.type(PostgresAppender.class)::calls);
  }

  @Test
  void logbackCanMakeTheNestedPoolAndSetWhatHikariCpKnows() throws Exception {
    assertThat(called(HikariConfig.class)).allMatch(logback().type(HikariConfig.class)::calls);
  }

  @Test
  void logbackCanLookAtTheTypeOfEveryNestedElement() throws Exception {
    // It asks each for a method valueOf(String), before it takes the class that the file names.
    List<Class<?>> nested =
        asLogbackSeesIt(PostgresAppender.class).getPropertyNameToSetter().values().stream()
            .filter(setter -> setter.getDeclaringClass() == PostgresAppender.class)
            .<Class<?>>map(setter -> setter.getParameterTypes()[0])
            .filter(type -> type != String.class)
            .toList();

    assertThat(nested)
        .contains(DataSource.class, HikariConfig.class, PipelineListener.class)
        .allMatch(logback()::names);
  }

  private static NativeImageMetadata logback() throws IOException {
    return NativeImageMetadata.of(PublishedJar.named("howdah-logback"));
  }

  /** The constructor, and the methods that an element in {@code logback.xml} can lead to. */
  private static List<Executable> called(Class<?> type) throws NoSuchMethodException {
    BeanDescription bean = asLogbackSeesIt(type);
    Stream<Method> methods =
        Stream.concat(
            bean.getPropertyNameToSetter().values().stream(),
            bean.getPropertyNameToAdder().values().stream());
    return Stream.concat(Stream.of(type.getConstructor()), methods).toList();
  }

  private static BeanDescription asLogbackSeesIt(Class<?> type) {
    return new BeanDescriptionCache(new ContextBase()).getBeanDescription(type);
  }
}
