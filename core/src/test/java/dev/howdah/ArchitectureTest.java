package dev.howdah;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.howdah.testkit.OneJdk;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** DESIGN section 2: data flows one way, and core knows no logging framework. */
@OneJdk
class ArchitectureTest {

  private final JavaClasses core =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.howdah");

  @Test
  void noPackageCallsUpwards() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("face")
        .definedBy("dev.howdah")
        .layer("outbox")
        .definedBy("dev.howdah.outbox")
        .layer("notify")
        .definedBy("dev.howdah.notify")
        .layer("pipeline")
        .definedBy("dev.howdah.pipeline")
        .layer("postgres")
        .definedBy("dev.howdah.postgres")
        .layer("encode")
        .definedBy("dev.howdah.encode")
        .layer("journal")
        .definedBy("dev.howdah.journal")
        .layer("batch")
        .definedBy("dev.howdah.batch")
        .layer("fingerprint")
        .definedBy("dev.howdah.fingerprint")
        .layer("event")
        .definedBy("dev.howdah.event")
        .whereLayer("face")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("pipeline")
        .mayOnlyBeAccessedByLayers("face")
        .whereLayer("outbox")
        .mayOnlyBeAccessedByLayers("face")
        .whereLayer("notify")
        .mayOnlyAccessLayers("event")
        .whereLayer("postgres")
        .mayOnlyBeAccessedByLayers("face", "outbox")
        .whereLayer("encode")
        .mayOnlyBeAccessedByLayers("face", "pipeline", "postgres")
        .whereLayer("journal")
        .mayOnlyBeAccessedByLayers("face", "pipeline", "postgres")
        .whereLayer("batch")
        .mayOnlyBeAccessedByLayers("face", "pipeline", "postgres", "encode", "journal")
        .whereLayer("fingerprint")
        .mayOnlyAccessLayers("event")
        .check(core);
  }

  @Test
  void coreIsFreeOfLogbackAndLog4j2() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ch.qos.logback..", "org.apache.logging..", "org.slf4j..")
        .check(core);
  }

  @Test
  void coreUsesNoReflectionOfWhichANativeImageIsNotTold() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.howdah.testkit..")
        .and()
        // A native image knows what a ServiceLoader finds.
        .areNotAssignableTo(NotifierFactories.class)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.reflect..")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ServiceLoader.class)
        .orShould()
        .callMethod(Class.class, "forName", String.class)
        .orShould()
        .callMethod(ClassLoader.class, "loadClass", String.class)
        .check(core);
  }
}
