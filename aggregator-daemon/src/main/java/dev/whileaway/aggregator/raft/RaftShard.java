package dev.whileaway.aggregator.raft;

import com.google.protobuf.ByteString;
import dev.whileaway.aggregator.log.CommandCodec;
import dev.whileaway.aggregator.log.ShardLog.Leader;
import dev.whileaway.aggregator.log.ShardLog.NodeId;
import dev.whileaway.aggregator.log.ShardLog.ShardId;
import dev.whileaway.aggregator.log.ShardUnavailableException;
import dev.whileaway.aggregator.log.ShardUnavailableException.Kind;
import dev.whileaway.aggregator.shard.ShardReply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.ClientInvocationId;
import org.apache.ratis.protocol.GroupManagementRequest;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One shard of which Ratis writes the log, from the queue of its commands to its state.
final class RaftShard {

  private static final Logger LOG = LoggerFactory.getLogger(RaftShard.class);

  private final RaftGroupId group;
  private final RaftPeerId peer;
  private final Leader self;
  private final RoleBoard board;
  private final GroupCommit commit;
  private final ShardStateMachine machine;
  private final ShardDoor door;

  /// Names this process in the log: replies are for entries that carry it.
  private final ClientId client = ClientId.randomId();

  private volatile @Nullable RaftServer server;
  private volatile @Nullable RaftClientAsynchronousProtocol log;

  RaftShard(ShardId shard, Leader self, Path folder, Replica.Setting setting, InstantSource clock) {
    this.group = ShardGroups.groupOf(shard);
    this.peer = ShardGroups.peerOf(self.node());
    this.self = self;
    this.board = new RoleBoard(shard);
    this.commit = new GroupCommit(shard.toString(), this::append, clock);
    this.machine =
        new ShardStateMachine(
            () -> Replica.open(setting, folder, this::purge), this::applied, new Events());
    this.door = new ShardDoor(board, commit, machine::replica);
  }

  RaftGroupId group() {
    return group;
  }

  ShardStateMachine machine() {
    return machine;
  }

  ShardDoor door() {
    return door;
  }

  void attach(RaftServer running) {
    server = running;
  }

  /// Makes the shard's group, in which this node is alone.
  void createGroup() throws IOException {
    RaftGroup alone = ShardGroups.alone(board.shard(), self.node(), self.address());
    RaftClientReply reply =
        server().groupManagement(GroupManagementRequest.newAdd(client, peer, 0, alone, true));
    if (!reply.isSuccess()) {
      throw new IOException("cannot create " + board.shard(), reply.getException());
    }
  }

  /// The server has this shard's group: commands may come.
  void open() throws IOException {
    log = DirectSubmission.to(server(), group);
    commit.start();
  }

  private void append(long callId, ByteString entry, CommandCodec.Batch batch) {
    try {
      log()
          .submitClientRequestAsync(request(callId, entry))
          .whenComplete((reply, failure) -> replied(callId, reply, failure));
    } catch (IOException | RuntimeException e) {
      replied(callId, null, e);
    }
  }

  private RaftClientRequest request(long callId, ByteString entry) {
    return RaftClientRequest.newBuilder()
        .setClientId(client)
        .setServerId(peer)
        .setGroupId(group)
        .setCallId(callId)
        .setMessage(Message.valueOf(UnsafeByteOperations.unsafeWrap(entry.asReadOnlyByteBuffer())))
        .setType(RaftClientRequest.writeRequestType())
        .build();
  }

  /// A success was told by [#applied] already.
  private void replied(long callId, @Nullable RaftClientReply reply, @Nullable Throwable failure) {
    if (failure == null && reply != null && reply.isSuccess()) {
      return;
    }
    Throwable cause = failure == null && reply != null ? reply.getException() : failure;
    commit.refused(callId, refusal(cause));
  }

  /// Only one refusal says for certain that nothing was appended. After the others the entry may
  /// lie in the log and be applied one day; those who submit carry their own idempotency keys.
  private ShardUnavailableException refusal(@Nullable Throwable cause) {
    return cause instanceof LeaderNotReadyException
        ? door.refusal()
        : Refusals.of(
            Kind.UNKNOWN, "expected " + board.shard() + " to take the command, but found " + cause);
  }

  private void applied(ClientInvocationId entry, List<ShardReply> replies) {
    if (client.equals(entry.getClientId())) {
      commit.applied(entry.getLongId(), replies);
    }
  }

  private void purge(TermIndex point) {
    try {
      server().getDivision(group).getRaftLog().purge(point.getIndex());
    } catch (IOException | RuntimeException e) {
      LOG.warn("cannot purge the log of {} up to {}", board.shard(), point, e);
    }
  }

  private RaftServer server() {
    return Objects.requireNonNull(server, "attached");
  }

  private RaftClientAsynchronousProtocol log() {
    return Objects.requireNonNull(log, "attached");
  }

  private Optional<Leader> leader(RaftPeerId id) {
    try {
      RaftPeer found = server().getDivision(group).getGroup().getPeer(id);
      return Optional.ofNullable(found)
          .map(each -> new Leader(new NodeId(id.toString()), each.getClientAddress()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Turns what Ratis tells into roles.
  private final class Events implements ShardStateMachine.Events {

    @Override
    public void leaderReady() {
      board.leading(self);
    }

    @Override
    public void notLeader() {
      board.starting();
    }

    @Override
    public void leaderIs(RaftPeerId leader) {
      if (!leader.equals(peer)) {
        board.following(leader(leader));
      }
    }

    @Override
    public void failed(Throwable cause) {
      board.failed(cause);
      commit.fail();
    }
  }
}
