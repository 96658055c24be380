package dev.whileaway.aggregator.edge.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.whileaway.aggregator.edge.Catalogues;
import dev.whileaway.v1.BacklogFlag;
import dev.whileaway.v1.BeginSendItem;
import dev.whileaway.v1.BeginSendRequest;
import dev.whileaway.v1.CancelItem;
import dev.whileaway.v1.CancelRequest;
import dev.whileaway.v1.Channel;
import dev.whileaway.v1.ClearRequest;
import dev.whileaway.v1.ConnectRequest;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Event;
import dev.whileaway.v1.GetProfilesRequest;
import dev.whileaway.v1.LeaseRef;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Profile;
import dev.whileaway.v1.PullDueRequest;
import dev.whileaway.v1.PutProfileRequest;
import dev.whileaway.v1.Reason;
import dev.whileaway.v1.ReportRequest;
import dev.whileaway.v1.Surface;
import dev.whileaway.v1.UnregisterDeviceRequest;
import dev.whileaway.v1.Violation;
import dev.whileaway.v1.VisitRequest;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldCheckerTest {

  private static final Event GOOD =
      Event.newBuilder().setRecipient("anna").setSender("bob").setType("message").build();

  private final FieldChecker checker = new FieldChecker(Catalogues.STANDARD);

  @Test
  void report_wellFormed_hasNoViolation() {
    assertThat(checker.check(ReportRequest.newBuilder().addEvents(GOOD).build())).isEmpty();
  }

  @Test
  void report_severalFaults_namesEachWithItsPath() {
    ReportRequest request =
        ReportRequest.newBuilder()
            .addEvents(GOOD)
            .addEvents(GOOD.toBuilder().clearRecipient().setType("mesage"))
            .addEvents(GOOD.toBuilder().setData("x".repeat(4097)))
            .build();

    assertThat(checker.check(request))
        .containsExactly(
            violation(
                "events[1].recipient", "expected a text that is not empty, but found nothing"),
            violation(
                "events[1].type",
                "expected a type of the catalogue (message, profile-visit, match), but found"
                    + " \"mesage\"; did you mean message?"),
            violation("events[2].data", "expected at most 4096 bytes, but found 4097"));
  }

  @Test
  void report_empty_isRefused() {
    assertThat(checker.check(ReportRequest.getDefaultInstance()))
        .containsExactly(violation("events", "expected at least 1 element, but found none"));
  }

  @Test
  void report_overTheLimit_isRefusedWithoutLookingAtElements() {
    ReportRequest request =
        ReportRequest.newBuilder()
            .addAllEvents(Collections.nCopies(1001, Event.getDefaultInstance()))
            .build();

    assertThat(checker.check(request))
        .containsExactly(violation("events", "expected at most 1000 elements, but found 1001"));
  }

  @Test
  void report_thousandsOfFaults_stopsAtAHundred() {
    ReportRequest request =
        ReportRequest.newBuilder()
            .addAllEvents(Collections.nCopies(1000, Event.getDefaultInstance()))
            .build();

    assertThat(checker.check(request)).hasSizeBetween(100, 102);
  }

  @Test
  void prefix_isPutBeforeThePath() {
    assertThat(checker.check(ReportRequest.getDefaultInstance(), "[17]"))
        .extracting(Violation::getField)
        .containsExactly("[17].events");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "17", "анна", "550e8400-e29b-41d4-a716-446655440000", "a b"})
  void id_ofUsualForm_passes(String id) {
    assertThat(checkUser(id)).isEmpty();
  }

  // TRAPS 32
  @ParameterizedTest
  @ValueSource(strings = {" a", "a ", "a\u00a0", "a\nb", "a\rb", "a\u0000", "a\u2028b", "a\u007f"})
  void id_withControlsOrOuterSpace_isRefused(String id) {
    assertThat(checkUser(id)).extracting(Violation::getField).containsExactly("user");
  }

  @Test
  void id_of128Bytes_passes_andOneMoreIsRefused() {
    assertThat(checkUser("я".repeat(64))).isEmpty();
    assertThat(checkUser("я".repeat(64) + "a"))
        .containsExactly(
            violation("user", "expected an identifier of 1 to 128 bytes, but found 129 bytes"));
  }

  @Test
  void id_emptyInAList_isRefused() {
    assertThat(checker.check(GetProfilesRequest.newBuilder().addUsers("a").addUsers("").build()))
        .containsExactly(
            violation("users[1]", "expected an identifier of 1 to 128 bytes, but found nothing"));
  }

  @Test
  void halfASurrogatePair_isRefused() { // TRAPS 32
    assertThat(checkUser("a\ud800"))
        .containsExactly(
            violation("user", "expected Unicode text, but found half a surrogate pair"));
  }

  @Test
  void enum_unspecifiedOrUnknown_isRefused() {
    VisitRequest visit = VisitRequest.newBuilder().setUser("anna").build();

    assertThat(checker.check(visit))
        .containsExactly(
            violation("surface", "expected one of SURFACE_WEB, SURFACE_APP, but found nothing"));
    assertThat(checker.check(visit.toBuilder().setSurfaceValue(17).build()))
        .containsExactly(
            violation("surface", "expected one of SURFACE_WEB, SURFACE_APP, but found number 17"));
    assertThat(checker.check(visit.toBuilder().setSurface(Surface.SURFACE_WEB).build())).isEmpty();
  }

  @Test
  void enum_unknownWithoutRule_isRefusedAllTheSame() {
    Profile profile = Profile.newBuilder().setUser("anna").setGenderValue(9).build();

    assertThat(fields(put(profile))).containsExactly("profile.gender");
  }

  @Test
  void enumInAList_unknown_isNamedWithItsPosition() {
    CancelItem item =
        CancelItem.newBuilder()
            .setLease(LeaseRef.newBuilder().setUser("anna").setLeaseId(1))
            .setTimeout(Duration.newBuilder().setSeconds(1))
            .setReason(Reason.REASON_ONLINE)
            .addFlags(BacklogFlag.BACKLOG_FLAG_ONLINE)
            .addFlagsValue(99)
            .build();

    assertThat(fields(CancelRequest.newBuilder().addItems(item).build()))
        .containsExactly("items[0].flags[1]");
  }

  @Test
  void nestedMessage_absent_isNamed() {
    assertThat(checker.check(PutProfileRequest.getDefaultInstance()))
        .containsExactly(violation("profile", "expected a Profile, but found nothing"));
  }

  @Test
  void device_withoutToken_isNamedWithItsPath() {
    Profile profile =
        Profile.newBuilder()
            .setUser("anna")
            .addDevices(Device.newBuilder().setPlatform(Platform.PLATFORM_FCM))
            .build();

    assertThat(fields(put(profile))).containsExactly("profile.devices[0].token");
  }

  @Test
  void oneofThatMustBeGiven_absent_isNamedWithItsMembers() {
    BeginSendItem item =
        BeginSendItem.newBuilder()
            .setLease(LeaseRef.newBuilder().setUser("anna").setLeaseId(1))
            .setChannel(Channel.CHANNEL_PUSH)
            .build();

    assertThat(checker.check(BeginSendRequest.newBuilder().addItems(item).build()))
        .containsExactly(
            violation(
                "items[0].presumed",
                "expected one of confirm, cancel, nothing, but found nothing"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anna@example.com",
        "a.b+c@mail.example",
        "o'neil@example.com",
        "анна@пример.рф",
        "\"a b\"@example.com",
        "root@localhost"
      })
  void email_ofOneAddress_passes(String email) {
    assertThat(fields(put(profile().setEmail(email).build()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anna",
        "@example.com",
        "anna@",
        "a b@example.com",
        "Anna <anna@example.com>",
        "a@b@example.com",
        ".a@example.com",
        "a..b@example.com",
        "a@-example.com",
        "a@example..com",
        "a@[192.0.2.1]",
        "a@[IPv6:2001:db8::1]",
        "a@example.com, b@example.com",
        "a\r\nBcc:x@example.com"
      })
  void email_otherwise_isRefused(String email) {
    assertThat(fields(put(profile().setEmail(email).build()))).containsExactly("profile.email");
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Moscow,true", "UTC,true", "America/Argentina/Ushuaia,true",
    "Mars/Base,false", "+03:00,false", "europe/moscow,false"
  })
  void zone_isOneOfIana(String zone, boolean known) {
    assertThat(fields(put(profile().setZone(zone).build())).isEmpty()).isEqualTo(known);
  }

  @ParameterizedTest
  @CsvSource({
    "en,true",
    "ru,true",
    "pt-BR,true",
    "zh-Hant-TW,true",
    "ru_RU,false",
    "e,false",
    "x-y!,false"
  })
  void locale_isALanguageTag(String locale, boolean tag) {
    assertThat(fields(put(profile().setLocale(locale).build())).isEmpty()).isEqualTo(tag);
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com/a.png,true",
    "http://localhost:8080/,true",
    "javascript:alert(1),false",
    "//example.com/a.png,false",
    "https:///a,false",
    "ftp://example.com/,false",
    "https://exa mple.com/,false"
  })
  void url_isAbsoluteAndOfTheWeb(String url, boolean web) { // TRAPS 32
    assertThat(fields(put(profile().setPictureUrl(url).build())).isEmpty()).isEqualTo(web);
  }

  @Test
  void name_withALineEnd_isRefused() {
    assertThat(fields(put(profile().setName("Anna\r\nBcc: x").build())))
        .containsExactly("profile.name");
  }

  @Test
  void duration_hasItsBoundaries() {
    assertThat(keepAlive(999)).containsExactly("keep_alive");
    assertThat(keepAlive(1000)).isEmpty();
    assertThat(keepAlive(604_800_000)).isEmpty();
    assertThat(keepAlive(604_800_001)).containsExactly("keep_alive");
  }

  @Test
  void duration_ofAnImpossibleForm_isRefused() {
    Duration twoSigns = Duration.newBuilder().setSeconds(5).setNanos(-1).build();

    assertThat(
            checker.check(ConnectRequest.newBuilder().setUser("a").setKeepAlive(twoSigns).build()))
        .containsExactly(
            violation(
                "keep_alive", "expected a valid duration, but found 5 seconds and -1 nanoseconds"));
  }

  @Test
  void timestamp_beyondTheYear9999_isRefused() {
    UnregisterDeviceRequest request =
        UnregisterDeviceRequest.newBuilder()
            .setUser("a")
            .setToken("t")
            .setUnlessRegisteredAfter(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))
            .build();

    assertThat(fields(request)).containsExactly("unless_registered_after");
  }

  @Test
  void number_isUnsigned() {
    PullDueRequest pull =
        PullDueRequest.newBuilder()
            .setWorker("w")
            .setLimit(-1)
            .setLeaseTtl(Duration.newBuilder().setSeconds(1))
            .build();

    assertThat(checker.check(pull))
        .containsExactly(violation("limit", "expected at most 1000, but found 4294967295"));
  }

  @Test
  void seq_withoutRule_isNotLookedAt() {
    assertThat(fields(ClearRequest.newBuilder().setUser("a").setUpToSeq(-1).build())).isEmpty();
  }

  @Test
  void foundValue_isShortAndHarmless() { // TRAPS 32
    String nasty = "\u001b[31m\u202e" + "x".repeat(500);

    String description = checkUser(nasty).getFirst().getDescription();

    assertThat(description).hasSizeLessThan(200).doesNotContain("\u001b", "\u202e");
  }

  @Test
  void quote_escapesAndCuts() {
    assertThat(Found.quote("a\"\\\u001b\u202e")).isEqualTo("\"a\\\"\\\\\\u001b\\u202e\"");
    assertThat(Found.quote("x".repeat(61))).isEqualTo("\"" + "x".repeat(60) + "\"… (61 bytes)");
    assertThat(Found.quote("x".repeat(59) + "😀")).startsWith("\"" + "x".repeat(59) + "\"…");
  }

  @Test
  void refusedException_tellsTheFirstAndHowManyMore() {
    assertThatThrownBy(() ->
            checker.require(
                ReportRequest.newBuilder().addEvents(Event.getDefaultInstance()).build()))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "events[0].recipient: expected a text that is not empty, but found nothing (and 1 more)");
  }

  private List<Violation> checkUser(String user) {
    return checker.check(
        VisitRequest.newBuilder().setUser(user).setSurface(Surface.SURFACE_WEB).build());
  }

  private List<String> keepAlive(long millis) {
    return fields(
        ConnectRequest.newBuilder()
            .setUser("anna")
            .setKeepAlive(com.google.protobuf.util.Durations.fromMillis(millis))
            .build());
  }

  private static Profile.Builder profile() {
    return Profile.newBuilder().setUser("anna");
  }

  private static PutProfileRequest put(Profile profile) {
    return PutProfileRequest.newBuilder().setProfile(profile).build();
  }

  private List<String> fields(Message message) {
    return checker.check(message).stream().map(Violation::getField).toList();
  }

  private static Violation violation(String field, String description) {
    return Violation.newBuilder().setField(field).setDescription(description).build();
  }
}
