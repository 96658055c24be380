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
  void users_beyondWhatAPassCanReach_areRefused() {
    assertThatThrownBy(() -> new Workload(7_368_787))
        .hasMessage("expected 1 to 7368786 users, but found 7368787");
    assertThatThrownBy(() -> new Workload(0)).hasMessageEndingWith("but found 0");
  }
}
