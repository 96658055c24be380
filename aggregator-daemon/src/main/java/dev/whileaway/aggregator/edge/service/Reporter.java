package dev.whileaway.aggregator.edge.service;

import dev.whileaway.aggregator.log.ShardLog.ShardId;
import dev.whileaway.aggregator.shard.NewEvent;
import dev.whileaway.aggregator.shard.ShardCommand.ReportEvents;
import dev.whileaway.aggregator.shard.ShardReply.Reported;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.templates.EventType;
import dev.whileaway.v1.Event;
import dev.whileaway.v1.ReportResponse;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/// Reports a list of checked events: one command for each shard that they touch, one answer.
final class Reporter {

  private final Shards shards;
  private final TypeNames types;

  Reporter(Shards shards, TypeNames types) {
    this.shards = shards;
    this.types = types;
  }

  CompletionStage<ReportResponse> report(List<Event> events) {
    List<CompletionStage<Part>> parts = new ArrayList<>();
    split(events).values().forEach(portion -> parts.add(submit(portion)));
    return Shards.all(parts).thenApply(Reporter::merge);
  }

  /// The events of one shard, and where in the request they stood.
  private record Portion(ShardId shard, List<NewEvent> events, IntList positions) {}

  /// What one shard answered, in positions of the request.
  private record Part(int accepted, IntList duplicates) {}

  private Map<Integer, Portion> split(List<Event> events) {
    Map<Integer, Portion> portions = new TreeMap<>();
    for (int i = 0; i < events.size(); i++) {
      NewEvent event = toNew(events.get(i));
      ShardId shard = shards.of(event.recipient());
      Portion portion =
          portions.computeIfAbsent(
              shard.value(), s -> new Portion(shard, new ArrayList<>(), new IntArrayList()));
      portion.events().add(event);
      portion.positions().add(i);
    }
    return portions;
  }

  private NewEvent toNew(Event event) {
    EventType type = types.type(event.getType());
    return new NewEvent(
        new UserId(event.getRecipient()),
        event.getSender(),
        type.id(),
        event.getData(),
        event.getEventId(),
        type.window().toMillis(),
        type.urgent(),
        type.expiresAfter().toMillis(),
        event.getWatched());
  }

  private CompletionStage<Part> submit(Portion portion) {
    return shards
        .submit(portion.shard(), new ReportEvents(portion.events()), Reported.class)
        .thenApply(reported -> part(reported, portion.positions()));
  }

  private static Part part(Reported reported, IntList positions) {
    IntList duplicates = new IntArrayList(reported.duplicates().size());
    reported.duplicates().forEach(duplicate -> duplicates.add(positions.getInt(duplicate)));
    return new Part(reported.accepted(), duplicates);
  }

  private static ReportResponse merge(List<Part> parts) {
    IntList duplicates = new IntArrayList();
    int accepted = 0;
    for (Part part : parts) {
      accepted += part.accepted();
      duplicates.addAll(part.duplicates());
    }
    duplicates.sort(null);
    return ReportResponse.newBuilder().setAccepted(accepted).addAllDuplicates(duplicates).build();
  }
}
