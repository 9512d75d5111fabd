package dev.howdah.jars;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
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

  private static final String FOLDER = "META-INF/native-image/dev.howdah/";
  private static final String REFLECTION = "reflect-config.json";
  private static final String RESOURCES = "resource-config.json";

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
      return executable instanceof java.lang.reflect.Method method ? method.getName() : "<init>";
    }
  }

  /** A class, and what of it may be used by reflection. */
  record ReflectedType(
      String name,
      boolean allDeclaredFields,
      boolean allPublicMethods,
      boolean queryAllPublicMethods,
      List<Call> methods) {

    ReflectedType {
      methods = orEmpty(methods);
    }

    private static List<Call> orEmpty(@Nullable List<Call> methods) {
      return methods == null ? List.of() : methods;
    }

    /** Whether this public method or constructor of the class may be called. */
    boolean calls(Executable executable) {
      boolean isMethod = executable instanceof java.lang.reflect.Method;
      return (allPublicMethods && isMethod)
          || methods.stream().anyMatch(call -> call.names(executable));
    }
  }

  private record Include(Pattern pattern) {}

  private record Includes(List<Include> includes) {}

  private record ResourceConfig(Includes resources) {}

  private final List<String> files;
  private final List<ReflectedType> types;
  private final List<Pattern> resources;

  private NativeImageMetadata(
      List<String> files, List<ReflectedType> types, List<Pattern> resources) {
    this.files = files;
    this.types = types;
    this.resources = resources;
  }

  static NativeImageMetadata of(PublishedJar jar) throws IOException {
    String folder = FOLDER + jar.artifactId() + "/";
    List<String> files =
        jar.entries().stream()
            .filter(entry -> entry.startsWith("META-INF/native-image/"))
            .map(entry -> entry.replace(folder, ""))
            .toList();
    List<ReflectedType> types = List.of();
    if (files.contains(REFLECTION)) {
      types = List.of(JSON.readValue(jar.text(folder + REFLECTION), ReflectedType[].class));
    }
    List<Pattern> resources = List.of();
    if (files.contains(RESOURCES)) {
      resources =
          JSON
              .readValue(jar.text(folder + RESOURCES), ResourceConfig.class)
              .resources()
              .includes()
              .stream()
              .map(Include::pattern)
              .toList();
    }
    return new NativeImageMetadata(files, types, resources);
  }

  /** Its files, by their names in the folder where native-image looks for them. */
  List<String> files() {
    return files;
  }

  List<ReflectedType> types() {
    return types;
  }

  /** What is said of a class; nothing, if it isn't named. */
  ReflectedType type(Class<?> type) {
    return types.stream()
        .filter(known -> known.name().equals(type.getName()))
        .findAny()
        .orElse(new ReflectedType(type.getName(), false, false, false, List.of()));
  }

  boolean names(Class<?> type) {
    return types.stream().anyMatch(known -> known.name().equals(type.getName()));
  }

  /** Each must match a resource's whole name. */
  List<Pattern> resources() {
    return resources;
  }
}
