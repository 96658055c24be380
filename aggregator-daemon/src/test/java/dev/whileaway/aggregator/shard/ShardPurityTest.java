package dev.whileaway.aggregator.shard;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The shard must decide alike on every replica, today and when its log is replayed.
class ShardPurityTest {

  private static final JavaClasses SHARD =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.whileaway.aggregator.shard");

  private static final DescribedPredicate<JavaClass> SEQUENCED =
      assignableTo(SequencedMap.class).or(assignableTo(SequencedCollection.class));

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
            "java.util.logging..",
            "java.security..",
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

  @Test
  void shard_startsNoThread_andWaitsForNobody() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Thread.class, ThreadLocal.class, Runtime.class, Process.class)
        .orShould()
        .callMethodWhere(target(nameMatching("wait|notify|notifyAll|parallelStream|parallel")))
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethodWhere(
            target(owner(type(System.class)))
                .and(target(nameMatching("getenv|getProperty|getLogger"))))
        .because("the shard is one thread's, and the same on every machine")
        .check(SHARD);
  }

  /// Sums of fractions depend on their order and are easily wrong by a bit: counts and milliseconds
  /// are whole.
  @Test
  void shard_countsInWholeNumbers() {
    fields()
        .should()
        .notHaveRawType(float.class)
        .andShould()
        .notHaveRawType(double.class)
        .check(SHARD);
    methods()
        .should()
        .notHaveRawReturnType(float.class)
        .andShould()
        .notHaveRawReturnType(double.class)
        .check(SHARD);
  }

  /// `Set.of` and `Map.of` iterate in an order that each process draws anew, and `HashMap` in one
  /// that depends on its history. So what is walked is sorted, or in the order of insertion; what
  /// is only asked may be of any kind. The table of records names its one walk for what it is.
  @Test
  void shard_walksNoHashedSetOrMap() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(RecordTable.class)
        .should()
        .callMethodWhere(
            target(owner(assignableTo(Set.class).or(assignableTo(Map.class))))
                .and(target(nameMatching("iterator|forEach|stream|entrySet|keySet|values|toArray")))
                .and(target(owner(not(SEQUENCED)))))
        .because("replicas must walk in one order")
        .check(SHARD);
  }
}
