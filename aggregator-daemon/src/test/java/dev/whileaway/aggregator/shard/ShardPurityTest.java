package dev.whileaway.aggregator.shard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The shard must decide alike on every replica, today and when its log is replayed.
class ShardPurityTest {

  private static final JavaClasses SHARD =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.whileaway.aggregator.shard");

  @Test
  void shard_knows_no_adapter_and_does_no_io() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.grpc..",
            "org.apache.ratis..",
            "org.rocksdb..",
            "org.slf4j..",
            "java.nio.file..",
            "java.nio.channels..",
            "java.net..",
            "java.util.concurrent..",
            "dev.whileaway.aggregator.log..",
            "dev.whileaway.aggregator.raft..",
            "dev.whileaway.aggregator.edge..")
        .because("the shard only decides; adapters do")
        .check(SHARD);
  }

  @Test
  void shard_reads_no_stream_or_file() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.io\\.(?!Serializable|IOException|ObjectStreamException).*")
        .because("the shard does no I/O")
        .check(SHARD);
  }

  @Test
  void shard_reads_no_clock_and_draws_no_lots() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Clock.class, InstantSource.class, Random.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("java.util.random..")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callMethod(Object.class, "hashCode")
        .orShould()
        .callMethod(System.class, "identityHashCode", Object.class)
        .because("time is the stamp of a command, and a replay must repeat itself")
        .check(SHARD);
  }
}
