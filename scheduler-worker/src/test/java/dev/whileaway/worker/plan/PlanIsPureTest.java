package dev.whileaway.worker.plan;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Reservation;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/// The room that decides does no I/O, reads no clock and draws nothing at random.
class PlanIsPureTest {

  private static final JavaClasses WORKER =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.whileaway.worker");

  @Test
  void plan_dependsOnValuesOnly() {
    classes()
        .that()
        .resideInAPackage("dev.whileaway.worker.plan")
        .should()
        .onlyDependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage(
                    "dev.whileaway.worker.plan",
                    "dev.whileaway.templates",
                    "dev.whileaway.presence",
                    "dev.whileaway.v1",
                    "com.google.protobuf..",
                    "org.jspecify.annotations",
                    "java.lang..",
                    "java.util",
                    "java.util.function",
                    "java.util.stream",
                    "java.util.zip",
                    "java.nio",
                    "java.nio.charset",
                    "java.security",
                    "java.time..")
                .or(JavaClass.Predicates.assignableTo(Outcome.class))
                .or(
                    JavaClass.Predicates.belongToAnyOf(
                        Reservation.Refused.class, Reservation.Refused.Cause.class)))
        .check(WORKER);
  }

  @Test
  void plan_asksNobodyForTheTime_andDrawsNothing() {
    noClasses()
        .that()
        .resideInAPackage("dev.whileaway.worker.plan")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(InstantSource.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(java.util.Random.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Thread.class)
        .check(WORKER);
  }

  @Test
  void pipeline_startsNoThread_andKnowsNoTransport() {
    noClasses()
        .that()
        .resideInAPackage("dev.whileaway.worker.pipeline")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.util.concurrent",
            "io.grpc..",
            "org.quartz..",
            "io.micrometer..",
            "dev.whileaway.worker.client",
            "dev.whileaway.worker.pull")
        .check(WORKER);
  }
}
