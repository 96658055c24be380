package dev.whileaway.aggregator.edge;

import static dev.whileaway.aggregator.edge.EdgeFixture.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.whileaway.aggregator.log.ShardMap;
import dev.whileaway.aggregator.shard.UserId;
import dev.whileaway.v1.AdminServiceGrpc;
import dev.whileaway.v1.BacklogFlag;
import dev.whileaway.v1.BacklogState;
import dev.whileaway.v1.BeginSendItem;
import dev.whileaway.v1.BeginSendRequest;
import dev.whileaway.v1.BeginSendResult;
import dev.whileaway.v1.CancelItem;
import dev.whileaway.v1.CancelRequest;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.ClearRequest;
import dev.whileaway.v1.ConfirmItem;
import dev.whileaway.v1.ConfirmRequest;
import dev.whileaway.v1.DeleteProfileRequest;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.DigestServiceGrpc;
import dev.whileaway.v1.DueBacklog;
import dev.whileaway.v1.Event;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.ForgetRequest;
import dev.whileaway.v1.GetBacklogRequest;
import dev.whileaway.v1.GetBacklogResponse;
import dev.whileaway.v1.GetPresenceRequest;
import dev.whileaway.v1.GetProfilesRequest;
import dev.whileaway.v1.ImportProfilesRequest;
import dev.whileaway.v1.ImportProfilesResponse;
import dev.whileaway.v1.LeaseRef;
import dev.whileaway.v1.ListShardsRequest;
import dev.whileaway.v1.ListShardsResponse;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Preferences;
import dev.whileaway.v1.PresenceServiceGrpc;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.ProfileEntry;
import dev.whileaway.v1.ProfileServiceGrpc;
import dev.whileaway.v1.PullDueRequest;
import dev.whileaway.v1.PullDueResponse;
import dev.whileaway.v1.PutProfileRequest;
import dev.whileaway.v1.Reason;
import dev.whileaway.v1.RegisterDeviceRequest;
import dev.whileaway.v1.ReportRequest;
import dev.whileaway.v1.ReportResponse;
import dev.whileaway.v1.ReportStreamRequest;
import dev.whileaway.v1.ReportStreamResponse;
import dev.whileaway.v1.SetPreferencesRequest;
import dev.whileaway.v1.SettleResult;
import dev.whileaway.v1.ShardRole;
import dev.whileaway.v1.Surface;
import dev.whileaway.v1.TakeSnapshotRequest;
import dev.whileaway.v1.TypeTotal;
import dev.whileaway.v1.UnregisterDeviceRequest;
import dev.whileaway.v1.VisitRequest;
import dev.whileaway.v1.WhyLine;
import dev.whileaway.v1.WhyRequest;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The public services, called as a client calls them.
class GrpcDoorTest {

  private GrpcFixture fixture;
  private EventServiceGrpc.EventServiceBlockingStub events;
  private ProfileServiceGrpc.ProfileServiceBlockingStub profiles;
  private DigestServiceGrpc.DigestServiceBlockingStub digests;
  private AdminServiceGrpc.AdminServiceBlockingStub admin;

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

  @Test
  void report_toManyUsers_answersWithDuplicatesInPositionsOfTheRequest() {
    List<Event> first =
        IntStream.range(0, 40).mapToObj(i -> event("user-" + i, "id-" + i)).toList();
    report(first);

    List<Event> mixed = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      mixed.add(i % 3 == 0 ? first.get(i) : event("user-" + i, "new-" + i));
    }
    ReportResponse answer = report(mixed);

    assertThat(answer.getAccepted()).isEqualTo(26);
    assertThat(answer.getDuplicatesList())
        .containsExactlyElementsOf(IntStream.range(0, 40).filter(i -> i % 3 == 0).boxed().toList());
  }

  @Test
  void report_withOneWrongEvent_takesNone() {
    Event wrong = event("anna", "").toBuilder().setType("mesage").build();

    StatusRuntimeException refused =
        refused(() -> report(List.of(event("anna", ""), event("anna", ""), wrong)));

    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(fields(refused)).containsExactly("events[2].type");
    assertThat(refused.getStatus().getDescription()).contains("did you mean message?");
    assertThat(backlog("anna").getState()).isEqualTo(BacklogState.BACKLOG_STATE_NONE);
  }

  @Test
  void report_everyEventWrong_keepsTheDetailsWithinAHeader() {
    Event wrong = Event.newBuilder().setType("x".repeat(3000)).build();
    ReportRequest request =
        ReportRequest.newBuilder().addAllEvents(java.util.Collections.nCopies(1000, wrong)).build();

    StatusRuntimeException refused = refused(() -> events.report(request));

    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(fields(refused)).hasSizeGreaterThan(5).contains("events[1].type");
    assertThat(refused.getStatus().getDescription()).contains("more)");
  }

  @Test
  void twoConnectionsAtOnce_makeOneBacklog() throws Exception { // TRAPS 1
    List<CompletableFuture<Void>> reports = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      reports.add(CompletableFuture.runAsync(() -> report(List.of(event("anna", "")))));
    }
    CompletableFuture.allOf(reports.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
    fixture.clock.advance(Duration.ofMinutes(30));

    assertThat(pull(10).getDueList())
        .singleElement()
        .satisfies(due -> assertThat(due.getEventsList()).hasSize(2));
  }

  @Test
  void retriedReport_withEventId_isNotCountedTwice() { // TRAPS 2
    report(List.of(event("anna", "e1")));

    assertThat(report(List.of(event("anna", "e1"))).getDuplicatesList()).containsExactly(0);
    assertThat(total("anna")).isEqualTo(1);
  }

  @Test
  void reportStream_wrongRequest_isRefusedAlone() throws Exception {
    List<ReportStreamResponse> answers =
        new Streamed<ReportStreamResponse>()
            .run(
                EventServiceGrpc.newStub(fixture.channel)::reportStream,
                IntStream.rangeClosed(1, 300).mapToObj(GrpcDoorTest::streamRequest).toList());

    assertThat(answers).hasSize(300);
    assertThat(answers)
        .extracting(ReportStreamResponse::getRequestId)
        .containsExactlyInAnyOrderElementsOf(
            java.util.stream.LongStream.rangeClosed(1, 300).boxed().toList());
    List<ReportStreamResponse> refused =
        answers.stream().filter(ReportStreamResponse::hasRefused).toList();
    assertThat(refused).extracting(ReportStreamResponse::getRequestId).containsExactly(7L);
    assertThat(refused.getFirst().getRefused().getCode()).isEqualTo(3);
    assertThat(refused.getFirst().getRefused().getViolationsList())
        .extracting(dev.whileaway.v1.Violation::getField)
        .containsExactly("events[0].type");
  }

  private static ReportStreamRequest streamRequest(int id) {
    Event event = event("user-" + id, "");
    return ReportStreamRequest.newBuilder()
        .setRequestId(id)
        .addEvents(id == 7 ? event.toBuilder().setType("?").build() : event)
        .build();
  }

  @Test
  void visit_clearsNamedTypes_andTouchesPresence() {
    report(
        List.of(event("anna", ""), event("anna", "").toBuilder().setType("profile-visit").build()));

    int cleared =
        events
            .visit(
                VisitRequest.newBuilder()
                    .setUser("anna")
                    .setSurface(Surface.SURFACE_WEB)
                    .addTypes("profile-visit")
                    .build())
            .getCleared();

    assertThat(cleared).isEqualTo(1);
    assertThat(total("anna")).isEqualTo(1);
    assertThat(
            PresenceServiceGrpc.newBlockingStub(fixture.channel)
                .getPresence(GetPresenceRequest.newBuilder().addUsers("anna").build())
                .getEntries(0)
                .getOnline())
        .isTrue();
  }

  @Test
  void visit_withoutBacklog_writesNothingToTheLog() {
    long before = applied();

    events.visit(
        VisitRequest.newBuilder().setUser("nobody").setSurface(Surface.SURFACE_APP).build());
    events.clear(ClearRequest.newBuilder().setUser("nobody").build());

    assertThat(applied()).isEqualTo(before);
  }

  @Test
  void clear_upToSeq_leavesLaterEvents() { // TRAPS 14
    report(List.of(event("anna", "")));
    long shown = backlog("anna").getThroughSeq();
    report(List.of(event("anna", "")));

    assertThat(
            events
                .clear(ClearRequest.newBuilder().setUser("anna").setUpToSeq(shown).build())
                .getCleared())
        .isEqualTo(1);
    assertThat(total("anna")).isEqualTo(1);
  }

  @Test
  void forget_removesBacklogProfileAndPresence() {
    put(Profile.newBuilder().setUser("anna").setName("Anna").build());
    fixture.presence.touchWeb("anna", fixture.clock.instant());
    report(List.of(event("anna", "")));

    assertThat(events.forget(ForgetRequest.newBuilder().setUser("anna").build()).getCleared())
        .isEqualTo(1);

    assertThat(entry("anna").hasForgotten()).isTrue();
    assertThat(fixture.presence.read("anna").lastWebAtMillis()).isZero();
    // TRAPS 9: a second time does nothing.
    assertThat(events.forget(ForgetRequest.newBuilder().setUser("anna").build()).getCleared())
        .isZero();
  }

  @Test
  void backlog_totalsComeInTheCataloguesOrder() {
    report(
        List.of(
            event("anna", "").toBuilder().setType("match").build(),
            event("anna", "").toBuilder().setType("profile-visit").build(),
            event("anna", "")));

    GetBacklogResponse backlog = backlog("anna");

    assertThat(backlog.getState()).isEqualTo(BacklogState.BACKLOG_STATE_WAITING);
    assertThat(backlog.getTotalsList())
        .extracting(TypeTotal::getType)
        .containsExactly("message", "profile-visit", "match");
  }

  @Test
  void profiles_comeInOrder_knownAndUnknown() {
    put(Profile.newBuilder().setUser("anna").setName("Anna").build());
    List<String> users = IntStream.range(0, 300).mapToObj(i -> "user-" + i).toList();

    List<ProfileEntry> entries =
        profiles
            .getProfiles(
                GetProfilesRequest.newBuilder().addAllUsers(users).addUsers("anna").build())
            .getEntriesList();

    assertThat(entries).hasSize(301);
    assertThat(entries.subList(0, 300))
        .extracting(ProfileEntry::getUser)
        .containsExactlyElementsOf(users);
    assertThat(entries.getFirst().hasUnknown()).isTrue();
    assertThat(entries.getLast().getProfile().getName()).isEqualTo("Anna");
  }

  @Test
  void devices_registerAndUnregister() {
    Device device =
        Device.newBuilder().setToken("token-1").setPlatform(Platform.PLATFORM_APNS).build();
    profiles.registerDevice(
        RegisterDeviceRequest.newBuilder().setUser("anna").setDevice(device).build());
    assertThat(entry("anna").getProfile().getDevicesList()).hasSize(1);

    UnregisterDeviceRequest.Builder request =
        UnregisterDeviceRequest.newBuilder().setUser("anna").setToken("token-1");
    // TRAPS 39: dead since before it was registered anew.
    assertThat(
            profiles
                .unregisterDevice(
                    request.setUnlessRegisteredAfter(Timestamps.fromSeconds(1)).build())
                .getRemoved())
        .isFalse();
    assertThat(profiles.unregisterDevice(request.clearUnlessRegisteredAfter().build()).getRemoved())
        .isTrue();
    assertThat(profiles.unregisterDevice(request.build()).getRemoved()).isFalse();
  }

  @Test
  void preferences_replace_andDeleteSaysWhetherThereWasOne() {
    profiles.setPreferences(
        SetPreferencesRequest.newBuilder()
            .setUser("anna")
            .setPreferences(Preferences.newBuilder().setPushOff(true))
            .build());

    assertThat(entry("anna").getProfile().getPreferences().getPushOff()).isTrue();
    DeleteProfileRequest delete = DeleteProfileRequest.newBuilder().setUser("anna").build();
    assertThat(profiles.deleteProfile(delete).getExisted()).isTrue();
    assertThat(profiles.deleteProfile(delete).getExisted()).isFalse();
  }

  @Test
  void importProfiles_countsAndNamesTheWrongOnes() throws Exception {
    List<ImportProfilesRequest> requests =
        IntStream.range(0, 1000)
            .mapToObj(i ->
                Profile.newBuilder()
                    .setUser("user-" + i)
                    .setEmail(i == 17 ? "nowhere" : "u" + i + "@example.com"))
            .map(profile -> ImportProfilesRequest.newBuilder().setProfile(profile).build())
            .toList();

    ImportProfilesResponse answer =
        new Streamed<ImportProfilesResponse>()
            .run(ProfileServiceGrpc.newStub(fixture.channel)::importProfiles, requests)
            .getFirst();

    assertThat(answer.getImported()).isEqualTo(999);
    assertThat(answer.getRefused()).isEqualTo(1);
    assertThat(answer.getViolations(0).getField()).isEqualTo("[17].profile.email");
    assertThat(entry("user-999").getProfile().getEmail()).isEqualTo("u999@example.com");
  }

  @Test
  void digest_fromPullToConfirm() {
    report(List.of(event("anna", "")));
    assertThat(pull(10).getDueList()).isEmpty();
    assertThat(Timestamps.toMillis(pull(10).getNextDueAt()))
        .isEqualTo(fixture.clock.instant().plus(Duration.ofMinutes(30)).toEpochMilli());
    fixture.clock.advance(Duration.ofMinutes(30));

    DueBacklog due = pull(10).getDue(0);
    assertThat(due.getEvents(0).getType()).isEqualTo("message");
    LeaseRef lease =
        LeaseRef.newBuilder().setUser(due.getUser()).setLeaseId(due.getLeaseId()).build();
    assertThat(begin(lease).hasGo()).isTrue();
    assertThat(begin(lease).hasGo()).as("repeated").isTrue();

    assertThat(cancelPushSent(lease).hasSettled()).isTrue();
    assertThat(backlog("anna").getFlagsList()).containsExactly(BacklogFlag.BACKLOG_FLAG_PUSH_SENT);

    assertThat(confirm(lease).hasLeaseLost()).as("a stale answer").isTrue(); // TRAPS 4
    assertThat(begin(lease).hasLeaseLost()).isTrue();
  }

  @Test
  void pull_spreadsItsLimitOverShards_andComesInOrder() {
    List<Event> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.add(event("user-" + i, ""));
      fixture.clock.advance(Duration.ofSeconds(1));
      report(List.of(all.getLast()));
    }
    fixture.clock.advance(Duration.ofHours(1));

    List<DueBacklog> first = pull(8).getDueList();
    ShardMap map = new ShardMap(4);

    assertThat(first)
        .hasSize(8)
        .isSortedAccordingTo((a, b) -> Timestamps.compare(a.getDueAt(), b.getDueAt()));
    assertThat(first.stream().map(due -> map.shardOf(new UserId(due.getUser()))).distinct())
        .hasSize(4);
    assertThat(pull(1000).getDueList()).hasSize(52);
    assertThat(pull(1000).getDueList()).isEmpty();
  }

  @Test
  void pull_whatOneShardDoesNotNeed_goesToTheOthers() {
    ShardMap map = new ShardMap(4);
    List<Event> ofOneShard =
        IntStream.range(0, 1000)
            .mapToObj(i -> "user-" + i)
            .filter(user -> map.shardOf(new UserId(user)).value() == 0)
            .limit(20)
            .map(user -> event(user, ""))
            .toList();
    report(ofOneShard);
    report(
        List.of(
            event(
                IntStream.range(0, 1000)
                    .mapToObj(i -> "other-" + i)
                    .filter(user -> map.shardOf(new UserId(user)).value() == 1)
                    .findFirst()
                    .orElseThrow(),
                "")));
    fixture.clock.advance(Duration.ofHours(1));

    assertThat(pull(16).getDueList()).hasSize(16);
  }

  @Test
  void pull_withNothingDue_writesNothingToTheLog() {
    long before = applied();

    pull(10);

    assertThat(applied()).isEqualTo(before);
  }

  @Test
  void typeThatTheCatalogueLost_isShownByNumber() throws Exception {
    fixture
        .log
        .submit(
            new ShardMap(4).shardOf(new UserId("anna")),
            new dev.whileaway.aggregator.shard.ShardCommand.ReportEvents(
                List.of(
                    new dev.whileaway.aggregator.shard.NewEvent(
                        new UserId("anna"), "bob", 17, "", "", 1000, false, 1_000_000_000))))
        .toCompletableFuture()
        .get();
    fixture.clock.advance(Duration.ofMinutes(1));

    assertThat(pull(10).getDue(0).getEvents(0).getType()).isEqualTo("type-17");
  }

  @Test
  void why_tellsTheStory() {
    report(List.of(event("anna", "")));
    fixture.clock.advance(Duration.ofMinutes(30));
    DueBacklog due = pull(10).getDue(0);
    LeaseRef lease = LeaseRef.newBuilder().setUser("anna").setLeaseId(due.getLeaseId()).build();
    begin(lease);
    cancelPushSent(lease);

    var why = admin.why(WhyRequest.newBuilder().setUser("anna").build());

    assertThat(why.getStoryList())
        .extracting(WhyLine::getText)
        .containsExactly(
            "message reported, by bob",
            "leased by worker-1, due at 2026-11-21T12:30:00Z",
            "push sent; the e-mail follows at 2026-11-21T12:40:00Z");
    assertThat(why.getNow())
        .isEqualTo(
            "1 event waits (1 message from 1 sender); the push had its turn, the e-mail is due at"
                + " 2026-11-21T12:40:00Z, in 10 min. No profile is known, so no device and no"
                + " address: nothing can be told.");
    assertThat(why.getBacklog().getState()).isEqualTo(BacklogState.BACKLOG_STATE_WAITING);
  }

  @Test
  void admin_listsShardsAndTakesSnapshots() {
    report(List.of(event("anna", "")));

    ListShardsResponse list = admin.listShards(ListShardsRequest.getDefaultInstance());

    assertThat(list.getShardsList()).hasSize(4);
    assertThat(list.getShardsList())
        .allSatisfy(shard -> assertThat(shard.getRole()).isEqualTo(ShardRole.SHARD_ROLE_LEADER));
    assertThat(list.getShardsList().stream().mapToLong(shard -> shard.getBacklogs()).sum())
        .isEqualTo(1);
    assertThat(admin.takeSnapshot(TakeSnapshotRequest.getDefaultInstance()).getShardsList())
        .hasSize(4);
  }

  @Test
  void health_serves_andReflectionListsTheServices() throws Exception {
    assertThat(
            HealthGrpc.newBlockingStub(fixture.channel)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);

    List<ServerReflectionResponse> listed =
        new Streamed<ServerReflectionResponse>()
            .run(
                ServerReflectionGrpc.newStub(fixture.channel)::serverReflectionInfo,
                List.of(ServerReflectionRequest.newBuilder().setListServices("").build()));

    assertThat(listed.getFirst().getListServicesResponse().getServiceList())
        .extracting(ServiceResponse::getName)
        .contains(
            "whileaway.v1.EventService",
            "whileaway.v1.ProfileService",
            "whileaway.v1.PresenceService",
            "whileaway.v1.DigestService",
            "whileaway.v1.AdminService",
            "grpc.health.v1.Health");
  }

  @Test
  void badUtf8_isTheCallersFault() { // TRAPS 32
    ByteString broken = ByteString.copyFrom(new byte[] {0x0a, 2, (byte) 0xc3, 0x28});
    MethodDescriptor<InputStream, GetBacklogResponse> raw =
        EventServiceGrpc.getGetBacklogMethod().toBuilder(
                RAW, ProtoUtils.marshaller(GetBacklogResponse.getDefaultInstance()))
            .build();

    assertThatThrownBy(() ->
            ClientCalls.blockingUnaryCall(
                fixture.channel,
                raw,
                CallOptions.DEFAULT,
                new ByteArrayInputStream(broken.toByteArray())))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("INVALID_ARGUMENT")
        .hasMessageContaining("UTF-8");
  }

  private static final MethodDescriptor.Marshaller<InputStream> RAW =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(InputStream value) {
          return value;
        }

        @Override
        public InputStream parse(InputStream stream) {
          return stream;
        }
      };

  @Test
  void localChannel_isStillChecked() {
    StatusRuntimeException refused =
        refused(() ->
            EventServiceGrpc.newBlockingStub(fixture.local.channel())
                .getBacklog(GetBacklogRequest.getDefaultInstance()));

    assertThat(fields(refused)).containsExactly("user");
  }

  @Test
  void message_overTheLimit_isResourceExhausted() {
    Event large = event("anna", "").toBuilder().setData("x".repeat(9 * 1024 * 1024)).build();

    assertThat(refused(() -> report(List.of(large))).getStatus().getCode())
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  private ReportResponse report(List<Event> list) {
    return events.report(ReportRequest.newBuilder().addAllEvents(list).build());
  }

  private static Event event(String recipient, String id) {
    return Event.newBuilder()
        .setRecipient(recipient)
        .setSender("bob")
        .setType("message")
        .setEventId(id)
        .build();
  }

  private void put(Profile profile) {
    profiles.putProfile(PutProfileRequest.newBuilder().setProfile(profile).build());
  }

  private ProfileEntry entry(String user) {
    return profiles
        .getProfiles(GetProfilesRequest.newBuilder().addUsers(user).build())
        .getEntries(0);
  }

  private GetBacklogResponse backlog(String user) {
    return events.getBacklog(GetBacklogRequest.newBuilder().setUser(user).build());
  }

  private long total(String user) {
    return backlog(user).getTotalsList().stream().mapToLong(TypeTotal::getEvents).sum();
  }

  private PullDueResponse pull(int limit) {
    return digests.pullDue(
        PullDueRequest.newBuilder()
            .setWorker("worker-1")
            .setLimit(limit)
            .setLeaseTtl(Durations.fromMinutes(1))
            .build());
  }

  private BeginSendResult begin(LeaseRef lease) {
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

  private SettleResult cancelPushSent(LeaseRef lease) {
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

  private SettleResult confirm(LeaseRef lease) {
    return digests
        .confirm(
            ConfirmRequest.newBuilder()
                .addItems(ConfirmItem.newBuilder().setLease(lease).setReason(Reason.REASON_SENT))
                .build())
        .getResults(0);
  }

  private long applied() {
    return IntStream.range(0, 4)
        .mapToLong(shard ->
            fixture
                .log
                .status(new dev.whileaway.aggregator.log.ShardLog.ShardId(shard))
                .appliedIndex())
        .sum();
  }

  private static StatusRuntimeException refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call);
  }

  /// Collects a stream's answers.
  private static final class Streamed<A> implements StreamObserver<A> {

    private final List<A> answers = new ArrayList<>();
    private final CompletableFuture<List<A>> done = new CompletableFuture<>();

    <Q> List<A> run(
        java.util.function.Function<StreamObserver<A>, StreamObserver<Q>> call, List<Q> requests)
        throws Exception {
      StreamObserver<Q> out = call.apply(this);
      requests.forEach(out::onNext);
      out.onCompleted();
      return done.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void onNext(A answer) {
      answers.add(answer);
    }

    @Override
    public void onError(Throwable thrown) {
      done.completeExceptionally(thrown);
    }

    @Override
    public void onCompleted() {
      done.complete(answers);
    }
  }
}
