package dev.whileaway.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.ops.trace.TraceAction;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExcerptTest {

  @Test
  void excerpt_isTwoSortedDays_andKnowsEveryUser() throws Exception {
    Excerpt excerpt = Excerpt.load();
    var known = excerpt.profiles().stream().map(TraceAction::user).collect(Collectors.toSet());

    assertThat(excerpt.actions())
        .hasSize(12_294)
        .isSortedAccordingTo(Comparator.comparing(TraceAction::at));
    assertThat(excerpt.length()).isLessThanOrEqualTo(Duration.ofDays(2));
    assertThat(excerpt.profiles()).hasSize(665);
    assertThat(excerpt.actions()).allSatisfy(action -> assertThat(known).contains(action.user()));
    assertThat(excerpt.actions()).filteredOn(TraceAction.Report.class::isInstance).hasSize(4_892);
  }

  @Test
  void quantile_liesBetweenBounds_overAllLabels() {
    Scrape scrape =
        Scrape.parse(
            """
            # TYPE t histogram
            t_bucket{channel="push",le="1.0"} 1
            t_bucket{channel="push",le="3.0"} 4
            t_bucket{channel="push",le="+Inf"} 4
            t_bucket{channel="email",le="1.0"} 0
            t_bucket{channel="email",le="3.0"} 1
            t_bucket{channel="email",le="+Inf"} 1
            """);

    assertThat(scrape.quantile("t", 0.6)).isEqualTo(2.0);
    assertThat(scrape.quantile("none", 0.5)).isZero();
  }
}
