package dev.whileaway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WorkloadTest {

  private final Workload workload = new Workload(1_000);

  @Test
  void aPass_touchesEveryUserOnce() {
    assertThat(LongStream.range(3_000, 4_000).map(workload::user).sorted().boxed())
        .containsExactlyElementsOf(LongStream.range(1_000_000_000, 1_000_001_000).boxed().toList());
  }

  @Test
  void event_isTheSameAtEveryRun() {
    assertThat(workload.event(7)).isEqualTo(new Workload(1_000).event(7));
    assertThat(workload.event(7)).isNotEqualTo(workload.event(1_007));
  }

  @Test
  void event_hasTheSizeThatFiguresAreAbout() {
    assertThat(LongStream.range(0, 1_000).mapToObj(workload::event))
        .allSatisfy(event -> {
          assertThat(event.data()).hasSize(40);
          assertThat(Long.toString(event.sender())).hasSize(10);
          assertThat(event.packed(1)).hasSize(WorkEvent.PACKED_BYTES);
        });
  }

  @Test
  void event_waits_unlessAskedToBeUrgent() {
    var types =
        LongStream.range(0, 1_000)
            .mapToObj(k -> workload.event(k).type())
            .collect(Collectors.toSet());

    assertThat(types)
        .containsExactlyInAnyOrder(
            WorkEvent.Type.MESSAGE, WorkEvent.Type.VISIT, WorkEvent.Type.FAVOURITE);
    assertThat(workload.urgent(1).type()).isEqualTo(WorkEvent.Type.MATCH);
  }

  @Test
  void zipf_givesEachRankItsShare_theSameAtEveryRun() {
    int users = 1_000;
    var zipf = new Workload(users, Workload.Spread.ZIPF);
    long events = 200_000;

    long first = zipf.eventsOf(zipf.user(0), events);
    long tenth = zipf.eventsOf(zipf.user(9), events);

    // Shares of ln(1 + 1/r) / ln(1 + users): 10 % and 1.4 %.
    assertThat(first / (double) events).isBetween(0.097, 0.104);
    assertThat(tenth / (double) events).isBetween(0.012, 0.016);
    assertThat(LongStream.range(0, events).map(zipf::recipient))
        .allSatisfy(user -> assertThat(user).isBetween(1_000_000_000L, 1_000_000_999L));
    assertThat(zipf.event(7)).isEqualTo(new Workload(users, Workload.Spread.ZIPF).event(7));
  }

  @Test
  void kept_countsABacklogUpToItsLimit() {
    assertThat(workload.kept(5_000, 200)).isEqualTo(5_000);
    assertThat(workload.kept(5_000, 3)).isEqualTo(3_000);
    assertThat(new Workload(1, Workload.Spread.ZIPF).kept(5_000, 200)).isEqualTo(200);
  }

  @Test
  void users_beyondWhatAPassCanReach_areRefused() {
    assertThatThrownBy(() -> new Workload(7_368_787))
        .hasMessage("expected 1 to 100000000 users, not a multiple of 7368787, but found 7368787");
    assertThatThrownBy(() -> new Workload(0)).hasMessageEndingWith("but found 0");
  }
}
