package dev.whileaway.ops.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a run of [DeliveryBench] came to.
///
/// @param push by the platform's name, in the order of their runs
public record DeliveryFigures(
    Map<String, SendFigures> push,
    Optional<PipelineFigures> pipeline,
    Optional<IsolationFigures> isolation)
    implements Figures {

  @Override
  public String table() {
    var table = new StringBuilder();
    push.forEach((name, figures) -> table.append(push(name, figures)));
    pipeline.ifPresent(figures -> table.append(pipeline(figures)));
    isolation.ifPresent(figures -> table.append(figures.table()));
    return table.toString();
  }

  private static String pipeline(PipelineFigures pipeline) {
    return String.format(
        Locale.ROOT,
        """
        pipeline, from due to answered
          digests               %10.0f /s
          CPU of serve          %10.2f s for 100,000
          CPU of the fakes      %10.2f s for 100,000
          given back            %10.2f %%
          due to accepted       %10.1f s (p50), %.1f s (p99)
          lost, doubled         %10d, %d
          not answered          %10d
        """,
        pipeline.perSecond(),
        pipeline.cpuSecondsPer100k(),
        pipeline.fakesCpuSecondsPer100k(),
        pipeline.givenBackPercent(),
        pipeline.p50Seconds(),
        pipeline.p99Seconds(),
        pipeline.lost(),
        pipeline.doubled(),
        pipeline.unanswered());
  }

  private static String push(String name, SendFigures figures) {
    return String.format(
        Locale.ROOT,
        """
        %s
          pushes                %10.0f /s
          CPU of the sender     %10.2f s for 100,000
          CPU of the fake       %10.2f s for 100,000
          answer, p50           %10.2f ms
          answer, p99           %10.2f ms
          not accepted          %10d
        """,
        name,
        figures.perSecond(),
        figures.cpuSecondsPer100k(),
        figures.fakeCpuSecondsPer100k(),
        figures.p50Millis(),
        figures.p99Millis(),
        figures.refused());
  }

  @Override
  public void put(ObjectNode json) {
    push.forEach((name, figures) -> put(json, name, figures));
    pipeline.ifPresent(figures -> put(json, figures));
    isolation.ifPresent(figures -> figures.put(json));
  }

  private static void put(ObjectNode json, PipelineFigures pipeline) {
    json.put("pipeline_digests_per_s", pipeline.perSecond());
    json.put("pipeline_cpu_seconds_per_100k", pipeline.cpuSecondsPer100k());
    json.put("pipeline_fakes_cpu_seconds_per_100k", pipeline.fakesCpuSecondsPer100k());
    json.put("pipeline_given_back_percent", pipeline.givenBackPercent());
    json.put("pipeline_due_to_accepted_p50_seconds", pipeline.p50Seconds());
    json.put("pipeline_due_to_accepted_p99_seconds", pipeline.p99Seconds());
    json.put("pipeline_lost", pipeline.lost());
    json.put("pipeline_doubled", pipeline.doubled());
    json.put("pipeline_not_answered", pipeline.unanswered());
  }

  private static void put(ObjectNode json, String name, SendFigures figures) {
    json.put(name + "_per_s", figures.perSecond());
    json.put(name + "_cpu_seconds_per_100k", figures.cpuSecondsPer100k());
    json.put(name + "_fake_cpu_seconds_per_100k", figures.fakeCpuSecondsPer100k());
    json.put(name + "_p50_millis", figures.p50Millis());
    json.put(name + "_p99_millis", figures.p99Millis());
    json.put(name + "_not_accepted", figures.refused());
  }
}
