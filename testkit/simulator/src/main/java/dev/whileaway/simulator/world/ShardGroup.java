package dev.whileaway.simulator.world;

import dev.whileaway.aggregator.log.CommandCodec;
import dev.whileaway.aggregator.log.CommandCodec.Batch;
import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardLimits;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.aggregator.shard.ShardView;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.simulator.clockwork.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/// One shard: its log, and the nodes that apply it. What arrives while an entry is being written
/// goes into it; an entry is in the log on a majority, or nowhere. Each node may lag, and after
/// each entry all that have applied it must be equal.
public final class ShardGroup {

  private final World world;
  private final int number;
  private final List<Member> members = new ArrayList<>();
  private final List<UserId> users = new ArrayList<>();

  /// As it is read from the bytes that a real log would hold.
  private final List<Batch> log = new ArrayList<>();

  /// After each entry, as the first node had it.
  private final List<Long> hashes = new ArrayList<>();

  private List<Asked> waiting = new ArrayList<>();
  private int leader;

  /// False: nobody leads just now.
  private boolean led = true;

  /// Grows with each change of leader.
  private int term;

  /// Entries that the auditor has seen.
  private int audited;

  ShardGroup(World world, int number) {
    this.world = world;
    this.number = number;
    var limits = new ShardLimits(world.setting().eventsPerBacklog());
    long skew = world.setting().skewMillisMax();
    for (int node = 0; node < world.setting().nodes(); node++) {
      members.add(new Member(limits, world.seams(), world.chance().between(-skew, skew)));
    }
  }

  private record Asked(ShardCommand command, Ticket<ShardReply> ticket) {}

  void adds(UserId user) {
    users.add(user);
  }

  /// Appends a command; the ticket has its reply once it is durable and applied.
  ///
  /// @throws Unavailable if nobody leads; the ticket fails so if the leader goes before it answers
  public Ticket<ShardReply> submit(ShardCommand command) {
    requireLeader();
    var asked = new Asked(command, new Ticket<>());
    waiting.add(asked);
    if (waiting.size() == 1) {
      int thisTerm = term;
      world.schedule().in(world.chance().between(1, 20), () -> write(thisTerm));
    }
    return asked.ticket();
  }

  /// Asks the leader.
  ///
  /// @throws Unavailable if nobody leads
  public <T> Ticket<T> read(Function<ShardView, T> query) {
    requireLeader();
    return Ticket.of(query.apply(view()));
  }

  private void requireLeader() {
    if (!led) {
      throw new Unavailable("expected a leader of shard " + number + ", but found none");
    }
  }

  /// The leader's clock.
  public long clockMillis() {
    return world.schedule().nowMillis() + members.get(leader).skewMillis();
  }

  /// How long until a pull finds something; empty: nothing waits. Not a call: for those who decide
  /// when to look again.
  public OptionalLong millisToWake() {
    OptionalLong wake = view().nextWakeAtMillis();
    return wake.isEmpty() ? wake : OptionalLong.of(Math.max(0, wake.getAsLong() - clockMillis()));
  }

  public long pendingEvents() {
    return view().pendingEvents();
  }

  private ShardView view() {
    return members.get(leader).view();
  }

  private void write(int ofTerm) {
    if (ofTerm != term || waiting.isEmpty()) {
      return;
    }
    List<Asked> batch = waiting;
    waiting = new ArrayList<>();
    append(batch);
    List<ShardReply> replies = catchUp(members.get(leader));
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).ticket().complete(replies.get(i));
    }
    followersCatchUp();
  }

  private void append(List<Asked> batch) {
    var commands = batch.stream().map(Asked::command).toList();
    log.add(CommandCodec.decode(CommandCodec.encode(new Batch(clockMillis(), commands))));
    world.tally().add(Tally.Kind.COMMANDS, commands.size());
  }

  private void followersCatchUp() {
    for (Member member : members) {
      if (member != members.get(leader) && world.chance().hits(0.5)) {
        var _ = catchUp(member);
      }
    }
  }

  /// The replies of the last entry.
  private List<ShardReply> catchUp(Member member) {
    List<ShardReply> replies = List.of();
    while (member.applied() < log.size()) {
      int index = member.applied();
      replies = member.apply(log.get(index), witness(member, index));
      compare(member, index);
    }
    audited = Math.max(audited, log.size());
    return replies;
  }

  private Member.Witness witness(Member member, int index) {
    if (index < audited) {
      return (_, _, _) -> {};
    }
    return (command, reply, gaveWay) -> {
      world.trace().line(() -> "shard " + number + ": " + command + " -> " + reply);
      world.auditor().applied(command, reply, users, member.view(), gaveWay);
    };
  }

  private void compare(Member member, int index) {
    long hash = member.stateHash();
    if (hashes.size() == index) {
      hashes.add(hash);
    } else if (hashes.get(index) != hash) {
      world
          .auditor()
          .violated(
              "expected replicas of shard %d to be equal after entry %d, but found %x and %x"
                  .formatted(number, index, hashes.get(index), hash));
    }
  }

  /// A node, the leader or another, makes its state durable.
  public void snapshot() {
    world.tally().count(Tally.Kind.SNAPSHOTS);
    world.chance().pick(members).snapshot();
  }

  /// The leader loses what it had in memory.
  public void crash() {
    if (!led) {
      return;
    }
    world.trace().line(() -> "shard " + number + ": node " + leader + " crashes");
    world.tally().count(Tally.Kind.CRASHES);
    members.get(leader).restart();
    loseTail();
    resign();
  }

  /// Another node takes over, or this one again.
  public void changeLeader() {
    if (led) {
      world.trace().line(() -> "shard " + number + ": node " + leader + " resigns");
      resign();
    }
  }

  /// Only a fault that was put in on purpose takes something off the log.
  private void loseTail() {
    int left = world.seams().surviving(log.size());
    if (left < log.size()) {
      log.subList(left, log.size()).clear();
      hashes.subList(left, hashes.size()).clear();
      audited = left;
      members.forEach(Member::restart);
    }
  }

  private void resign() {
    led = false;
    term++;
    List<Asked> unanswered = waiting;
    waiting = new ArrayList<>();
    if (!unanswered.isEmpty() && world.chance().hits(0.5)) {
      append(unanswered); // It is in the log, and nobody hears of it.
    }
    world.schedule().in(world.chance().between(10, 5_000), this::elect);
    unanswered.forEach(asked ->
        asked.ticket().fail(new Unavailable("the leader of shard " + number + " went away")));
  }

  private void elect() {
    int next = world.chance().below(members.size());
    world.tally().count(next == leader ? Tally.Kind.RESTARTS : Tally.Kind.LEADER_CHANGES);
    leader = next;
    led = true;
    var _ = catchUp(members.get(leader));
    world.trace().line(() -> "shard " + number + ": node " + leader + " leads");
    world.auditor().look(users, view());
  }

  /// The three standing properties, byte for byte: replicas are equal; so are they after a restart
  /// from their snapshots, and one that replays the whole log.
  public void finish() {
    var limits = new ShardLimits(world.setting().eventsPerBacklog());
    var anew = new Member(limits, world.seams(), 0);
    var _ = catchUp(anew);
    List<String> expected = anew.bytes();
    for (Member member : members) {
      var _ = catchUp(member);
      same(expected, member, "the live state");
      member.restart();
      var _ = catchUp(member);
      same(expected, member, "a snapshot and the rest of the log");
    }
    world.auditor().look(users, view());
  }

  private void same(List<String> expected, Member member, String what) {
    if (!expected.equals(member.bytes())) {
      world
          .auditor()
          .violated(
              "expected %s of shard %d to be what the log says, byte for byte, but found otherwise"
                  .formatted(what, number));
    }
  }
}
