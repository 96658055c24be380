package dev.whileaway.ops;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The arrows of docs/ARCHITECTURE.md and the rules of the whole house; this module sees all
/// others.
class HouseRulesTest {

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.whileaway");

  private static final String[] PROTO = {"dev.whileaway.v1..", "dev.whileaway.internal.."};

  /// By protobuf and by JMH.
  private static final String GENERATED = "dev\\.whileaway\\.(v1|internal\\.v1|.*\\.jmh_generated)";

  @Test
  void modules_dependOneWay() {
    for (String room : List.of("presence", "templates", "testkit", "aggregator", "worker")) {
      mayNotSee("dev.whileaway." + room + "..", "simulator", "benchmarks");
    }
    mayNotSee("dev.whileaway.simulator..", "testkit", "benchmarks", "ops");
    mayNotSee("dev.whileaway.benchmarks..", "testkit", "simulator", "ops");
    mayNotSee("dev.whileaway.presence..", "templates", "testkit", "aggregator", "worker", "ops");
    mayNotSee("dev.whileaway.templates..", "presence", "testkit", "aggregator", "worker", "ops");
    mayNotSee("dev.whileaway.testkit..", "presence", "templates", "aggregator", "worker", "ops");
    mayNotSee("dev.whileaway.aggregator..", "testkit", "worker", "ops");
    mayNotSee("dev.whileaway.worker..", "testkit", "aggregator", "ops");
    for (String generated : PROTO) {
      mayNotSee(generated, "presence", "templates", "testkit", "aggregator", "worker", "ops");
    }
  }

  /// Benchmarks race the program by its contract; only `micro` takes it apart.
  @Test
  void benchmarks_seeTheContract_andOnlyMicroTheParts() {
    noClasses()
        .that(
            resideInAPackage("dev.whileaway.benchmarks..")
                .and(not(resideInAPackage("dev.whileaway.benchmarks.micro.."))))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "dev.whileaway.presence..",
                "dev.whileaway.templates..",
                "dev.whileaway.aggregator..",
                "dev.whileaway.worker..",
                "dev.whileaway.benchmarks.micro.."))
        .check(HOUSE);
  }

  @Test
  void shard_isPure() {
    noClasses()
        .that()
        .resideInAPackage("dev.whileaway.aggregator.shard..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "io.grpc..",
                "org.apache.ratis..",
                "org.rocksdb..",
                "org.slf4j..",
                "io.micrometer..",
                "java.io..",
                "java.nio.file.."))
        .check(HOUSE);
  }

  @Test
  void time_isAskedOfTheInjectedClock() {
    ArchRule rule =
        noClasses()
            .that(not(resideInAnyPackage("dev.whileaway.ops.serve..", PROTO[0], PROTO[1])))
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(InstantSource.class, "system");
    rule.check(HOUSE);
  }

  @Test
  void everyPackage_saysWhatItIsFor_andIsNullMarked() {
    assertThat(HOUSE.getDefaultPackage().getSubpackagesInTree())
        .filteredOn(room -> room.getName().startsWith("dev.whileaway."))
        .filteredOn(room -> !room.getClasses().isEmpty())
        .filteredOn(room -> !room.getName().matches(GENERATED))
        .extracting(JavaPackage::getName, room -> room.isAnnotatedWith(NullMarked.class))
        .extracting(room -> room.toList().get(0) + " " + room.toList().get(1))
        .isNotEmpty()
        .allSatisfy(room -> assertThat(room).endsWith(" true"));
  }

  private static void mayNotSee(String from, String... rooms) {
    for (String room : rooms) {
      noClasses()
          .that()
          .resideInAPackage(from)
          .should()
          .dependOnClassesThat(resideInAPackage("dev.whileaway." + room + ".."))
          .check(HOUSE);
    }
  }
}
