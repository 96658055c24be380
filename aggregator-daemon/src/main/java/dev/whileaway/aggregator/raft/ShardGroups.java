package dev.whileaway.aggregator.raft;

import dev.whileaway.aggregator.log.ShardLog.NodeId;
import dev.whileaway.aggregator.log.ShardLog.ShardId;
import java.util.List;
import java.util.UUID;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;

/// The names that shards and nodes have in Ratis.
final class ShardGroups {

  /// "whileaway" in ASCII, then the shard's number: a group's folder names its shard.
  private static final long NAME_HIGH = 0x7768696c65617761L;

  private static final long NAME_LOW = 0x7900_0000_0000_0000L;
  private static final long SHARD_MASK = 0xffff_ffffL;

  private ShardGroups() {}

  static RaftGroupId groupOf(ShardId shard) {
    return RaftGroupId.valueOf(new UUID(NAME_HIGH, NAME_LOW | shard.value()));
  }

  static ShardId shardOf(RaftGroupId group) {
    UUID name = group.getUuid();
    if (name.getMostSignificantBits() != NAME_HIGH
        || (name.getLeastSignificantBits() & ~SHARD_MASK) != NAME_LOW) {
      throw new IllegalArgumentException("expected the group of a shard, but found " + group);
    }
    return new ShardId((int) (name.getLeastSignificantBits() & SHARD_MASK));
  }

  static RaftPeerId peerOf(NodeId node) {
    return RaftPeerId.valueOf(node.value());
  }

  /// A group of one.
  ///
  /// @param clientAddress of the node's public gRPC port: what redirects will name
  static RaftGroup alone(ShardId shard, NodeId node, String clientAddress) {
    RaftPeer peer =
        RaftPeer.newBuilder().setId(peerOf(node)).setClientAddress(clientAddress).build();
    return RaftGroup.valueOf(groupOf(shard), List.of(peer));
  }
}
