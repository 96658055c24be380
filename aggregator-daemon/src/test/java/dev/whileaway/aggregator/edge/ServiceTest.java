package dev.whileaway.aggregator.edge;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.util.Durations;
import dev.whileaway.aggregator.log.ShardLog.ShardId;
import dev.whileaway.v1.AdminServiceGrpc;
import dev.whileaway.v1.BacklogFlag;
import dev.whileaway.v1.BeginSendItem;
import dev.whileaway.v1.BeginSendRequest;
import dev.whileaway.v1.BeginSendResult;
import dev.whileaway.v1.CancelItem;
import dev.whileaway.v1.CancelRequest;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.ConfirmItem;
import dev.whileaway.v1.ConfirmRequest;
import dev.whileaway.v1.DigestServiceGrpc;
import dev.whileaway.v1.Event;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.GetBacklogRequest;
import dev.whileaway.v1.GetBacklogResponse;
import dev.whileaway.v1.GetProfilesRequest;
import dev.whileaway.v1.LeaseRef;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.ProfileEntry;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.PullDueRequest;
import dev.whileaway.v1.PullDueResponse;
import dev.whileaway.v1.PutProfileRequest;
import dev.whileaway.v1.Reason;
import dev.whileaway.v1.ReportRequest;
import dev.whileaway.v1.ReportResponse;
import dev.whileaway.v1.SettleResult;
import dev.whileaway.v1.TypeTotal;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What the tests of the services share: a client for each, and the calls that many of them make.
abstract class ServiceTest {

  GrpcFixture fixture;
  EventServiceGrpc.EventServiceBlockingStub events;
  ProfileServiceGrpc.ProfileServiceBlockingStub profiles;
  DigestServiceGrpc.DigestServiceBlockingStub digests;
  AdminServiceGrpc.AdminServiceBlockingStub admin;

  @BeforeEach
  void open() throws Exception {
    fixture = new GrpcFixture();
    events = EventServiceGrpc.newBlockingStub(fixture.channel);
    profiles = ProfileServiceGrpc.newBlockingStub(fixture.channel);
    digests = DigestServiceGrpc.newBlockingStub(fixture.channel);
    admin = AdminServiceGrpc.newBlockingStub(fixture.channel);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  ReportResponse report(List<Event> list) {
    return events.report(ReportRequest.newBuilder().addAllEvents(list).build());
  }

  static Event event(String recipient, String id) {
    return Event.newBuilder()
        .setRecipient(recipient)
        .setSender("bob")
        .setType("message")
        .setEventId(id)
        .build();
  }

  void put(Profile profile) {
    profiles.putProfile(PutProfileRequest.newBuilder().setProfile(profile).build());
  }

  ProfileEntry entry(String user) {
    return profiles
        .getProfiles(GetProfilesRequest.newBuilder().addUsers(user).build())
        .getEntries(0);
  }

  GetBacklogResponse backlog(String user) {
    return events.getBacklog(GetBacklogRequest.newBuilder().setUser(user).build());
  }

  long total(String user) {
    return backlog(user).getTotalsList().stream().mapToLong(TypeTotal::getEvents).sum();
  }

  PullDueResponse pull(int limit) {
    return digests.pullDue(
        PullDueRequest.newBuilder()
            .setWorker("worker-1")
            .setLimit(limit)
            .setLeaseTtl(Durations.fromMinutes(1))
            .build());
  }

  BeginSendResult begin(LeaseRef lease) {
    return digests
        .beginSend(
            BeginSendRequest.newBuilder()
                .addItems(
                    BeginSendItem.newBuilder()
                        .setLease(lease)
                        .setChannel(Channel.CHANNEL_PUSH)
                        .setCancel(
                            BeginSendItem.PresumeCancel.newBuilder()
                                .setTimeout(Durations.fromMinutes(10))
                                .addFlags(BacklogFlag.BACKLOG_FLAG_PUSH_SENT)))
                .build())
        .getResults(0);
  }

  SettleResult cancelPushSent(LeaseRef lease) {
    return digests
        .cancel(
            CancelRequest.newBuilder()
                .addItems(
                    CancelItem.newBuilder()
                        .setLease(lease)
                        .setTimeout(Durations.fromMinutes(10))
                        .addFlags(BacklogFlag.BACKLOG_FLAG_PUSH_SENT)
                        .setReason(Reason.REASON_SENT))
                .build())
        .getResults(0);
  }

  SettleResult confirm(LeaseRef lease) {
    return digests
        .confirm(
            ConfirmRequest.newBuilder()
                .addItems(ConfirmItem.newBuilder().setLease(lease).setReason(Reason.REASON_SENT))
                .build())
        .getResults(0);
  }

  long applied() {
    return IntStream.range(0, 4)
        .mapToLong(shard -> fixture.log.status(new ShardId(shard)).appliedIndex())
        .sum();
  }

  static StatusRuntimeException refused(ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call);
  }
}
