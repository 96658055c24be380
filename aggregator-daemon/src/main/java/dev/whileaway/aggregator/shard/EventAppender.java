package dev.whileaway.aggregator.shard;

import dev.whileaway.aggregator.shard.ShardCommand.ReportEvents;
import dev.whileaway.aggregator.shard.ShardReply.Reported;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Adds reported events to backlogs.
///
/// This is the one command whose deciding and applying are fused, since nearly all commands are of
/// this kind: an append reads the head of the packed record, and writes a new array with a new
/// head, the old rest and the new event, instead of unpacking up to 200 events to add one. What it
/// does is [UserRecord#appended], and a test holds the two against each other byte for byte. It
/// also lets each event of a command see the ones before it. A backlog that is full has a packed
/// way of its own ([FullBacklog]); only its first overflow, and one under a lease, go the long way
/// ([OverflowDecider]).
final class EventAppender {

  private final ShardState state;
  private final Records records;
  private final Packer id = new Packer();
  private final RecordHead head = new RecordHead();
  private final Unpacker unpacker = new Unpacker(new byte[0]);
  private final FullBacklog full;
  private long[] hashes = new long[0];

  EventAppender(ShardState state) {
    this.state = state;
    full = new FullBacklog(state);
    records = state.records();
  }

  Reported report(ReportEvents command) {
    lookAhead(command.events());
    var duplicates = new ArrayList<Integer>();
    for (int i = 0; i < command.events().size(); i++) {
      if (!append(command.events().get(i))) {
        duplicates.add(i);
      }
    }
    int accepted = command.events().size() - duplicates.size();
    state.count(Counter.REPORTED, accepted);
    state.count(Counter.DUPLICATE, duplicates.size());
    return new Reported(accepted, List.copyOf(duplicates));
  }

  /// Touches what the appends will look for. One by one they would wait for the memory several
  /// times each; the processor fetches what is asked for together at the same time.
  private void lookAhead(List<NewEvent> events) {
    if (hashes.length < events.size()) {
      hashes = new long[events.size()];
    }
    for (int i = 0; i < events.size(); i++) {
      hashes[i] = hash(events.get(i));
    }
    records.touch(hashes, events.size());
  }

  private long hash(NewEvent event) {
    PackedId.write(id.clear(), event.recipient().value());
    return records.hash(id.buffer(), id.size());
  }

  /// False: the event's id was known already.
  private boolean append(NewEvent event) {
    long hash = hash(event);
    byte @Nullable [] before = records.find(hash, id.buffer(), id.size());
    if (before == null) {
      head.beginAfter(state.seqFloor());
      write(hash, null, event);
      return true;
    }
    head.read(unpacker.moveTo(before, 0));
    if (knows(before, KeptEvent.hashOf(event.eventId()))) {
      return false;
    }
    if (full.takes(head)) {
      var kept = KeptEvent.of(event, head.lastSeq + 1, state.nowMillis());
      state.replace(hash, before, full.append(before, head, kept));
    } else if (head.kept >= state.limits().eventsPerBacklog()) {
      OverflowDecider.decide(state, RecordCodec.decode(before), event)
          .changes()
          .forEach(state::apply);
    } else {
      write(hash, before, event);
    }
    return true;
  }

  private boolean knows(byte[] record, long idHash) {
    if (idHash == KeptEvent.NO_ID) {
      return false;
    }
    var from = unpacker.moveTo(record, head.restStart);
    if (head.has(RecordHead.HAS_IDS) && EventIds.knows(from, idHash, state.nowMillis())) {
      return true;
    }
    from.moveTo(record, head.restStart + head.restLength);
    while (!from.atEnd()) {
      if (KeptEvent.skip(from) == idHash) {
        return true;
      }
    }
    return false;
  }

  private void write(long hash, byte @Nullable [] before, NewEvent event) {
    int restStart = head.restStart;
    var kept = KeptEvent.of(event, head.lastSeq + 1, state.nowMillis());
    head.append(kept);
    Packer to = state.packer().clear().raw(id.buffer(), 0, id.size());
    head.writeTo(to);
    if (before != null) {
      to.raw(before, restStart, before.length - restStart);
    }
    kept.writeTo(to, head.baseSeq, head.baseAtMillis);
    state.replace(hash, before, to.toBytes());
  }
}
