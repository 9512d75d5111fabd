package dev.howdah.jars;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.joran.util.beans.BeanDescription;
import ch.qos.logback.core.joran.util.beans.BeanDescriptionCache;
import com.zaxxer.hikari.HikariConfig;
import dev.howdah.Setting;
import dev.howdah.event.PipelineListener;
import dev.howdah.log4j2.ChannelElement;
import dev.howdah.log4j2.HikariElement;
import dev.howdah.log4j2.PostgresBuilder;
import dev.howdah.logback.CustomChannelElement;
import dev.howdah.logback.EmailElement;
import dev.howdah.logback.PagerDutyElement;
import dev.howdah.logback.PostgresAppender;
import dev.howdah.logback.SettingElement;
import dev.howdah.logback.SlackElement;
import dev.howdah.logback.WebhookElement;
import dev.howdah.notify.Notifier;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.logging.log4j.core.config.plugins.PluginBuilderFactory;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;
import org.apache.logging.log4j.core.config.plugins.PluginVisitorStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    String folder = "dev.howdah/" + jar.artifactId() + "/";

    assertThat(NativeImageMetadata.of(jar).files())
        .isNotEmpty()
        .allMatch(
            file ->
                file.endsWith(folder + "reflect-config.json")
                    || file.endsWith(folder + "resource-config.json"));
  }

  @ParameterizedTest
  @MethodSource("jars")
  void everyClassMethodAndFieldThatIsNamedExists(PublishedJar jar) throws Exception {
    for (NativeImageMetadata.ReflectedType type : NativeImageMetadata.of(jar).types()) {
      Class<?> named = Class.forName(type.name(), false, getClass().getClassLoader());
      List<Executable> members = new ArrayList<>(List.of(named.getDeclaredConstructors()));
      members.addAll(List.of(named.getDeclaredMethods()));

      assertThat(type.methods())
          .as(type.name())
          .allMatch(call -> members.stream().anyMatch(call::names));
      assertThat(named.getDeclaredFields())
          .extracting(Field::getName)
          .containsAll(type.fields().stream().map(NativeImageMetadata.Access::name).toList());
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
    assertThat(HikariConfig.class.getDeclaredFields()).allMatch(metadata("core")::accesses);
  }

  @Test
  void logbackCanMakeTheAppenderAndSetEverySetting() throws Exception {
    NativeImageMetadata logback = metadata("logback");
    BeanDescription appender = asLogbackSeesIt(PostgresAppender.class);

    assertThat(appender.getPropertyNameToSetter())
        .containsKeys(
            Arrays.stream(Setting.values()).map(Setting::settingName).toArray(String[]::new))
        .containsKeys("dataSource", "hikari", "jndiName", "listener");
    assertThat(appender.getPropertyNameToAdder())
        .containsKeys("email", "slack", "webhook", "pagerDuty", "channel", "notifier");
    assertThat(called(PostgresAppender.class))
        .allMatch(call -> logback.calls(PostgresAppender.class, call));
  }

  @Test
  void logbackCanMakeTheNestedPoolAndSetWhatHikariCpKnows() throws Exception {
    NativeImageMetadata logback = metadata("logback");

    assertThat(called(HikariConfig.class))
        .allMatch(call -> logback.calls(HikariConfig.class, call));
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        EmailElement.class,
        SlackElement.class,
        WebhookElement.class,
        PagerDutyElement.class,
        CustomChannelElement.class,
        SettingElement.class
      })
  void logbackCanMakeEachChannelAndSetEverySettingOfIt(Class<?> element) throws Exception {
    NativeImageMetadata logback = metadata("logback");

    assertThat(called(element)).allMatch(call -> logback.calls(element, call));
  }

  @Test
  void logbackCanLookAtTheTypeOfEveryNestedElement() throws Exception {
    // It asks each for a method valueOf(String), before it takes the class that the file names.
    BeanDescription appender = asLogbackSeesIt(PostgresAppender.class);
    List<Class<?>> nested =
        Stream.of(appender.getPropertyNameToSetter(), appender.getPropertyNameToAdder())
            .flatMap(methods -> methods.values().stream())
            .filter(setter -> setter.getDeclaringClass() == PostgresAppender.class)
            .<Class<?>>map(setter -> setter.getParameterTypes()[0])
            .filter(type -> type != String.class)
            .toList();

    assertThat(nested)
        .contains(DataSource.class, HikariConfig.class, PipelineListener.class)
        .contains(SlackElement.class, Notifier.class)
        .allMatch(metadata("logback")::names);
  }

  @Test
  void log4j2CanFillEveryFieldOfTheBuilders() throws Exception {
    NativeImageMetadata log4j2 = metadata("log4j2");
    List<Field> filled =
        Stream.of(PostgresBuilder.class, ChannelElement.Builder.class)
            .flatMap(builder -> Arrays.stream(builder.getDeclaredFields()))
            .filter(field -> visitors(field).findAny().isPresent())
            .toList();

    assertThat(filled)
        .extracting(Field::getName)
        .contains("settings", "jndiName", "hikari", "channels", "config");
    assertThat(filled).allMatch(log4j2::accesses);
    for (Field field : filled) {
      assertThat(visitors(field).filter(type -> type.getName().startsWith("dev.howdah.")))
          .allMatch(type -> log4j2.calls(type, type.getDeclaredConstructors()[0]));
    }
  }

  @Test
  void log4j2CanMakeItsElements() throws Exception {
    NativeImageMetadata log4j2 = metadata("log4j2");
    for (Class<?> plugin :
        List.of(
            dev.howdah.log4j2.PostgresAppender.class, HikariElement.class, ChannelElement.class)) {
      List<Method> factories =
          Arrays.stream(plugin.getDeclaredMethods())
              .filter(
                  method ->
                      method.isAnnotationPresent(PluginFactory.class)
                          || method.isAnnotationPresent(PluginBuilderFactory.class))
              .toList();

      assertThat(factories).hasSize(1).allMatch(factory -> log4j2.calls(plugin, factory));
    }
  }

  /** The classes that Log4j2 makes in order to find a value for this field. */
  private static Stream<Class<?>> visitors(Field field) {
    return Arrays.stream(field.getAnnotations())
        .map(mark -> mark.annotationType().getAnnotation(PluginVisitorStrategy.class))
        .filter(Objects::nonNull)
        .map(PluginVisitorStrategy::value);
  }

  /** Of {@code howdah-core}, {@code howdah-logback} and so on. */
  private static NativeImageMetadata metadata(String name) throws IOException {
    return NativeImageMetadata.of(PublishedJar.named("howdah-" + name));
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
