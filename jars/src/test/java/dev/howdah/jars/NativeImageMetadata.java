package dev.howdah.jars;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a jar tells GraalVM's native-image: whom reflection reaches, and which resources are read.
 *
 * <p>In {@code reflect-config.json} and {@code resource-config.json}, which every GraalVM from 17
 * to 25 reads. The newer {@code reachability-metadata.json} came with JDK 23: of the older releases
 * only late updates know it, and the Community Edition's 17 and 21 don't.
 */
final class NativeImageMetadata {

  private static final String FOLDER = "META-INF/native-image/";
  private static final String REFLECTION = "/reflect-config.json";
  private static final String RESOURCES = "/resource-config.json";

  // A key that is misspelt would say nothing to native-image; here it fails.
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /** A method, or a constructor by the name {@code <init>}. */
  record Call(String name, List<String> parameterTypes) {

    boolean names(Executable executable) {
      return simpleName(executable).equals(name)
          && Arrays.stream(executable.getParameterTypes())
              .map(Class::getTypeName)
              .toList()
              .equals(parameterTypes);
    }

    private static String simpleName(Executable executable) {
      return executable instanceof Method method ? method.getName() : "<init>";
    }
  }

  /** A field. */
  record Access(String name) {}

  /** A class, and what of it may be used by reflection. */
  record ReflectedType(
      String name,
      boolean allDeclaredFields,
      boolean allPublicMethods,
      boolean queryAllPublicMethods,
      List<Call> methods,
      List<Access> fields) {

    ReflectedType {
      methods = orEmpty(methods);
      fields = orEmpty(fields);
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
      return list == null ? List.of() : list;
    }
  }

  private record Include(Pattern pattern) {}

  private record Includes(List<Include> includes) {}

  private record ResourceConfig(Includes resources) {}

  private final List<String> files;
  private final List<ReflectedType> types = new ArrayList<>();
  private final List<Pattern> resources = new ArrayList<>();

  private NativeImageMetadata(List<String> files) {
    this.files = files;
  }

  static NativeImageMetadata of(PublishedJar jar) throws IOException {
    NativeImageMetadata metadata =
        new NativeImageMetadata(
            jar.entries().stream().filter(entry -> entry.startsWith(FOLDER)).toList());
    for (String file : metadata.files) {
      if (file.endsWith(REFLECTION)) {
        metadata.types.addAll(List.of(JSON.readValue(jar.text(file), ReflectedType[].class)));
      } else if (file.endsWith(RESOURCES)) {
        JSON.readValue(jar.text(file), ResourceConfig.class).resources().includes().stream()
            .map(Include::pattern)
            .forEach(metadata.resources::add);
      }
    }
    return metadata;
  }

  /** All files in the folder where native-image looks, by their paths. */
  List<String> files() {
    return files;
  }

  List<ReflectedType> types() {
    return types;
  }

  /** Each must match a resource's whole name. */
  List<Pattern> resources() {
    return resources;
  }

  boolean names(Class<?> type) {
    return entriesOf(type).findAny().isPresent();
  }

  /** Whether a public method or constructor of this class may be called. */
  boolean calls(Class<?> type, Executable executable) {
    boolean isMethod = executable instanceof Method;
    return entriesOf(type)
        .anyMatch(
            entry ->
                (entry.allPublicMethods() && isMethod)
                    || entry.methods().stream().anyMatch(call -> call.names(executable)));
  }

  /** Whether a field may be read and written. */
  boolean accesses(Field field) {
    return entriesOf(field.getDeclaringClass())
        .anyMatch(
            entry ->
                entry.allDeclaredFields() || entry.fields().contains(new Access(field.getName())));
  }

  private Stream<ReflectedType> entriesOf(Class<?> type) {
    return types.stream().filter(entry -> entry.name().equals(type.getName()));
  }
}
