package dev.whileaway.aggregator.raft;

import java.io.IOException;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.server.RaftServer;

/// The short way into a group's log.
///
/// `RaftServer.submitClientRequestAsync` hands each request to another thread and waits until that
/// one has appended it: two switches an entry. The group's implementation takes requests itself, in
/// the caller's thread and order, which gave up to three times the entries a second. Its interface
/// does not say so: a test fails if a new version of Ratis changes that.
final class DirectSubmission {

  private DirectSubmission() {}

  static RaftClientAsynchronousProtocol to(RaftServer server, RaftGroupId group)
      throws IOException {
    RaftServer.Division division = server.getDivision(group);
    if (division instanceof RaftClientAsynchronousProtocol direct) {
      return direct;
    }
    throw new IllegalStateException(
        "expected a division that takes requests itself, but found " + division.getClass());
  }
}
