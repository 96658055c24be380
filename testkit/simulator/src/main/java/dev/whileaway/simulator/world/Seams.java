package dev.whileaway.simulator.world;

import dev.whileaway.aggregator.shard.ShardCommand;
import dev.whileaway.aggregator.shard.ShardMachine;
import dev.whileaway.aggregator.shard.ShardReply;
import dev.whileaway.worker.deliver.MailSender;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.pipeline.DigestAnswers;
import dev.whileaway.worker.pipeline.Users;

/// Where a fault can be put into the code under test on purpose, to see that it is found. By
/// default everything passes as it is.
public interface Seams {

  /// No fault.
  Seams NONE = new Seams() {};

  /// A replica applies a command.
  default ShardReply apply(ShardMachine machine, ShardCommand command, long stampedAtMillis) {
    return machine.apply(command, stampedAtMillis);
  }

  /// How many of the log's entries a crash leaves.
  default int surviving(int entries) {
    return entries;
  }

  /// The first entry that a restart replays after a snapshot of so many.
  default int replayFrom(int snapshotEntries) {
    return snapshotEntries;
  }

  /// A worker's side of leases.
  default DigestAnswers answers(DigestAnswers honest) {
    return honest;
  }

  /// What a worker knows of users.
  default Users users(Users honest) {
    return honest;
  }

  default PushSender push(PushSender honest) {
    return honest;
  }

  default MailSender mail(MailSender honest) {
    return honest;
  }
}
