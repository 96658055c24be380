package dev.whileaway.aggregator.shard;

import static dev.whileaway.aggregator.shard.ShardHarness.MATCH;
import static dev.whileaway.aggregator.shard.ShardHarness.MESSAGE;
import static dev.whileaway.aggregator.shard.ShardHarness.event;
import static dev.whileaway.aggregator.shard.ShardHarness.shard;
import static dev.whileaway.aggregator.shard.ShardHarness.shardWithHash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.aggregator.log.MemoryColdRecords;
import dev.whileaway.aggregator.shard.ShardCommand.ReportEvents;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackingTest {

  private static final UserId ANNA = new UserId("anna");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "7",
        "007",
        "255",
        "256",
        "999999999999999999",
        "1000000000000000000",
        "-1",
        "a",
        "",
        "anna",
        "Анна",
        "0f8fad5b-d9cb-469f-a165-70867728950e",
        "0F8FAD5B-d9cb-469f-a165-70867728950e",
        "0f8fad5b-d9cb-469f-a165-70867728950",
        "𝒳",
        "١٢"
      })
  void id_comes_back_as_it_was(String id) {
    assertThat(PackedId.read(new Unpacker(PackedId.of(new UserId(id))))).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource({"17,2", "65536,4", "0f8fad5b-d9cb-469f-a165-70867728950e,17", "anna,5"})
  void number_and_uuid_take_few_bytes(String id, int bytes) {
    assertThat(PackedId.of(new UserId(id))).hasSize(bytes);
  }

  @Test
  void packed_id_is_the_beginning_of_no_other() {
    var ids = List.of("1", "11", "a", "aa", "aaa", "256", "65536", "0", "00");
    for (String one : ids) {
      for (String other : ids) {
        byte[] long1 = PackedId.of(new UserId(one));
        byte[] long2 = PackedId.of(new UserId(other));
        if (!one.equals(other) && long1.length <= long2.length) {
          assertThat(java.util.Arrays.copyOf(long2, long1.length)).isNotEqualTo(long1);
        }
      }
    }
  }

  /// 57 bytes of what the product said: a sender of 8 digits and 49 bytes of data.
  @Test
  void pending_event_takes_less_than_75_bytes() {
    var machine = new ShardMachine(ShardLimits.STANDARD, new MemoryColdRecords());
    int events = 5;
    for (int i = 0; i < events; i++) {
      machine.apply(new ReportEvents(List.of(typical(i))), 1_700_000_000_000L + i * 60_000L);
    }
    machine
        .cut()
        .forEach((_, record) -> {
          assertThat(record).isNotNull();
          assertThat(record.length / events).isBetween(50, 75);
        });
  }

  @Test
  void append_allocates_little_beside_the_new_record() {
    var machine = new ShardMachine(ShardLimits.STANDARD, new MemoryColdRecords());
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    var command = new ReportEvents(List.of(typical(0)));
    int appends = 100;
    for (int warm = 0; warm < 3; warm++) {
      machine.apply(new ReportEvents(List.of(typical(0))), 1);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < appends; i++) {
      machine.apply(command, 1_700_000_000_000L + i);
    }
    long perAppend = (threads.getCurrentThreadAllocatedBytes() - before) / appends;
    int meanRecord = appends / 2 * 65;
    assertThat(perAppend).as("bytes an append").isLessThan(meanRecord + 1_000);
  }

  @Test
  void users_whose_hashes_collide_are_kept_apart() {
    var shard = shardWithHash((_, _, length) -> length % 2);
    for (String user : List.of("anna", "bob", "carl", "dora", "17", "4711")) {
      shard.reportWithId(user, "x", MATCH, "m1").report(user, user, MESSAGE);
    }
    shard.pull().expectDue("17", "4711", "anna", "bob", "carl", "dora");
    for (String user : List.of("anna", "bob", "17", "carl", "dora", "4711")) {
      shard.confirm(user).expectSettled().expectNothingWaits(user);
      shard.reportWithId(user, "x", MATCH, "m1").expectReported(0, 0);
    }
    assertThat(shard.machine().cut().size()).isEqualTo(6);
    shard.advance(java.time.Duration.ofDays(1)).pull();
    shard.machine().cut().forEach((_, record) -> assertThat(record).isNull());
    assertThat(shard.machine().view().backlogs()).isZero();
  }

  @Test
  void cut_is_not_touched_by_what_comes_after() {
    var shard = shard().report("anna", "bob", MESSAGE);
    ShardMachine.Cut cut = shard.machine().cut();
    shard.report("anna", "carl", MESSAGE).report("dora", "carl", MESSAGE);
    assertThat(cut.size()).isEqualTo(1);
    cut.forEach((_, record) -> {
      assertThat(record).isNotNull();
      assertThat(RecordCodec.decode(record).events()).hasSize(1);
    });
    assertThat(shard.machine().cut().size()).isEqualTo(2);
    assertThat(shard.machine().cut().size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1,false", "1,true", "65535,false", "65535,true"})
  void watched_event_comes_back_as_it_was(int type, boolean urgent) {
    for (boolean watched : List.of(false, true)) {
      for (String id : List.of("", "m-1")) {
        var given = new NewEvent(ANNA, "bob", type, "d", id, 1000, urgent, 5000, watched);
        var event = KeptEvent.of(given, 7, 12);
        var packed = new Packer();
        event.writeTo(packed, 5, 10);

        assertThat(KeptEvent.read(new Unpacker(packed.toBytes()), 5, 10)).isEqualTo(event);
        assertThat(KeptEvent.skipType(new Unpacker(packed.toBytes()))).isEqualTo(type);
        assertThat(KeptEvent.skip(new Unpacker(packed.toBytes()))).isEqualTo(event.idHash());
      }
    }
  }

  /// Up to form 4 of the snapshot; also what an event that nobody watches is packed as today.
  @Test
  void event_from_before_events_were_watched_is_read_and_written_without_a_byte_more() {
    var before = new Packer().varint(65_535L << 2 | 2 | 1).varint(2).varint(3).span(1000);
    PackedId.write(before.span(5000), "bob");
    before.text("d").fixed64(KeptEvent.hashOf("m-1"));

    var event =
        KeptEvent.of(new NewEvent(ANNA, "bob", 65_535, "d", "m-1", 1000, true, 5000), 7, 13);
    assertThat(KeptEvent.read(new Unpacker(before.toBytes()), 5, 10)).isEqualTo(event);
    var packed = new Packer();
    event.writeTo(packed, 5, 10);
    assertThat(packed.toBytes()).isEqualTo(before.toBytes());
  }

  @Test
  void snapshot_of_a_newer_form_is_refused() {
    byte[] header = shard().machine().cut().header();
    header[0] = 9;
    org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new ShardMachine(ShardLimits.STANDARD, new MemoryColdRecords()).loadHeader(header))
        .withMessage("expected a snapshot of form 1 to 5, but found form 9");
  }

  private static NewEvent typical(int i) {
    NewEvent plain = event("12345678", "8765432" + i % 10, MESSAGE, "");
    return new NewEvent(
        plain.recipient(),
        plain.sender(),
        plain.type(),
        "x".repeat(49),
        plain.eventId(),
        plain.windowMillis(),
        plain.urgent(),
        plain.expiresAfterMillis());
  }
}
