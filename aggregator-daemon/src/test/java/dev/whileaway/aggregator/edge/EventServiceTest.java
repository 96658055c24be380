package dev.whileaway.aggregator.edge;

import static dev.whileaway.aggregator.edge.EdgeFixture.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.whileaway.v1.BacklogState;
import dev.whileaway.v1.ClearRequest;
import dev.whileaway.v1.ClearStreamRequest;
import dev.whileaway.v1.ClearStreamResponse;
import dev.whileaway.v1.Event;
import dev.whileaway.v1.EventServiceGrpc;
import dev.whileaway.v1.ForgetRequest;
import dev.whileaway.v1.GetBacklogResponse;
import dev.whileaway.v1.GetPresenceRequest;
import dev.whileaway.v1.PresenceServiceGrpc;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.ReportRequest;
import dev.whileaway.v1.ReportResponse;
import dev.whileaway.v1.ReportStreamRequest;
import dev.whileaway.v1.ReportStreamResponse;
import dev.whileaway.v1.Surface;
import dev.whileaway.v1.TypeTotal;
import dev.whileaway.v1.Violation;
import dev.whileaway.v1.VisitRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// `EventService`, called as a client calls it.
class EventServiceTest extends ServiceTest {

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
        ReportRequest.newBuilder().addAllEvents(Collections.nCopies(1000, wrong)).build();

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
                IntStream.rangeClosed(1, 300).mapToObj(EventServiceTest::streamRequest).toList());

    assertThat(answers).hasSize(300);
    assertThat(answers)
        .extracting(ReportStreamResponse::getRequestId)
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, 300).boxed().toList());
    List<ReportStreamResponse> refused =
        answers.stream().filter(ReportStreamResponse::hasRefused).toList();
    assertThat(refused).extracting(ReportStreamResponse::getRequestId).containsExactly(7L);
    assertThat(refused.getFirst().getRefused().getCode()).isEqualTo(3);
    assertThat(refused.getFirst().getRefused().getViolationsList())
        .extracting(Violation::getField)
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
  void clearStream_takesVisitsAndClears_andRefusesTheWrongOneAlone() throws Exception {
    report(List.of(event("anna", ""), event("boris", ""), event("clara", "")));

    List<ClearStreamResponse> answers =
        new Streamed<ClearStreamResponse>()
            .run(
                EventServiceGrpc.newStub(fixture.channel)::clearStream,
                List.of(
                    seen(1).setClear(ClearRequest.newBuilder().setUser("anna")).build(),
                    seen(2).setVisit(VisitRequest.newBuilder().setUser("boris")).build(),
                    seen(3)
                        .setVisit(
                            VisitRequest.newBuilder()
                                .setUser("clara")
                                .setSurface(Surface.SURFACE_APP))
                        .build(),
                    seen(4).build()));

    assertThat(answers.stream().filter(ClearStreamResponse::hasCleared))
        .extracting(ClearStreamResponse::getRequestId, each -> each.getCleared().getCleared())
        .containsExactlyInAnyOrder(tuple(1L, 1), tuple(3L, 1));
    assertThat(answers.stream().filter(ClearStreamResponse::hasRefused))
        .extracting(
            ClearStreamResponse::getRequestId,
            each -> each.getRefused().getViolations(0).getField())
        .containsExactlyInAnyOrder(tuple(2L, "visit.surface"), tuple(4L, "seen"));
    assertThat(total("boris")).isEqualTo(1);
    assertThat(total("anna") + total("clara")).isZero();
  }

  private static ClearStreamRequest.Builder seen(int id) {
    return ClearStreamRequest.newBuilder().setRequestId(id);
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
}
