package dev.whileaway.aggregator.raft;

import dev.whileaway.aggregator.log.ShardLog.NodeId;
import dev.whileaway.aggregator.log.ShardLog.ShardId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;

/// What Ratis wants to find beside a group's log: without it, the log could be read by us only.
final class RaftGroupFiles {

  private RaftGroupFiles() {}

  /// Makes the folder of a group in which `node` is alone.
  static void create(Path log, ShardId shard, NodeId node) throws IOException {
    Files.createDirectories(log);
    Files.writeString(log.resolve("raft-meta"), "term=1\nvotedFor=" + node.value() + "\n");
    var members = RaftConfigurationProto.newBuilder();
    ShardGroups.alone(shard, node, "")
        .getPeers()
        .forEach(peer -> members.addPeers(peer.getRaftPeerProto()));
    LogEntryProto entry = LogEntryProto.newBuilder().setConfigurationEntry(members).build();
    Files.write(log.resolve("raft-meta.conf"), entry.toByteArray());
  }
}
