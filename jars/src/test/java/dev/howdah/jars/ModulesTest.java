package dev.howdah.jars;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The jars as the module system sees them. */
class ModulesTest {

  private final List<ModuleDescriptor> modules =
      ModuleFinder.of(PublishedJar.LIB).findAll().stream()
          .map(ModuleReference::descriptor)
          .toList();

  @Test
  void namesAreThoseThatApplicationsRequire() {
    assertThat(modules)
        .extracting(ModuleDescriptor::name)
        .filteredOn(name -> name.startsWith("dev.howdah."))
        .containsExactlyInAnyOrder(
            "dev.howdah.cache",
            "dev.howdah.core",
            "dev.howdah.log4j2",
            "dev.howdah.logback",
            "dev.howdah.sql");
  }

  @Test
  void ofAllThatHowdahNeedsTheDriverAloneHasNoDescriptor() {
    // What an automatic module needs is not known: it would be missing at the start.
    assertThat(modules)
        .filteredOn(ModuleDescriptor::isAutomatic)
        .extracting(ModuleDescriptor::name)
        .containsExactly("org.postgresql.jdbc");
  }

  @Test
  void noPackageIsInTwoModules() {
    Map<String, List<String>> modulesByPackage =
        modules.stream()
            .flatMap(
                module -> module.packages().stream().map(name -> Map.entry(name, module.name())))
            .collect(
                Collectors.groupingBy(
                    Map.Entry::getKey,
                    Collectors.mapping(Map.Entry::getValue, Collectors.toList())));

    assertThat(modulesByPackage).containsKey("dev.howdah.logback");
    assertThat(modulesByPackage.values()).allMatch(holders -> holders.size() == 1);
  }
}
