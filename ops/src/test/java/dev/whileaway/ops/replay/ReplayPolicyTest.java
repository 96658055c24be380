package dev.whileaway.ops.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each rule that `replay --policy` changes, on one small trace. The expected logs were worked out
/// by hand.
class ReplayPolicyTest {

  /// Midday. User 1 has two devices and an address.
  private static final String TRACE =
      """
      0,profile,1,en,UTC,2,1
      43200,report,1,2,1,hello
      43500,report,1,3,4,
      """;

  @TempDir private Path folder;

  @Test
  void standardPolicy_writtenOut_changesNothing() throws Exception {
    // The match is urgent: told when it comes, with the message that waited.
    assertThat(play(Files.readString(Path.of("whileaway.example.yaml"))))
        .isEqualTo(Traces.play(TRACE))
        .isEqualTo(push(43500) + email(44100));
  }

  @Test
  void escalation_isTheWaitFromThePushToTheEmail() throws Exception {
    assertThat(play("policy: {escalation: 1h}")).isEqualTo(push(43500) + email(47100));
  }

  @Test
  void urgency_canBeTakenFromAType() throws Exception {
    // Then both wait for the message's window.
    assertThat(play("policy: {types: {match: {urgent: false}}}"))
        .isEqualTo(push(45000) + email(45600));
  }

  @Test
  void urgency_canBeGivenToAType() throws Exception {
    // The message is told at once; the match comes before the e-mail, and begins the ladder anew.
    assertThat(play("policy: {types: {message: {urgent: true}}}"))
        .isEqualTo(
            """
            {"at":43200,"channel":"push","devices":2,"events":1,"silent":false,"types":{"1":[1,1]},"user":"1"}
            """
                + push(43500)
                + email(44100));
  }

  @Test
  void window_isThatOfTheTypeThatOpensTheBacklog() throws Exception {
    assertThat(
            play("policy: {types: {message: {window: 10m}, match: {window: 1m, urgent: false}}}"))
        .isEqualTo(push(43800) + email(44400));
  }

  @Test
  void ladder_ofAPushAlone_hasNoEmail() throws Exception {
    assertThat(play("policy: {ladder: push}")).isEqualTo(push(43500));
  }

  @Test
  void ladder_ofAnEmailAlone_hasItAtOnce() throws Exception {
    assertThat(play("policy: {ladder: email}")).isEqualTo(email(43500));
  }

  @Test
  void night_isWhereThePolicySaysSo() throws Exception {
    // 12:05 in UTC.
    assertThat(play("policy: {night-from: 12:00, night-to: 13:00}"))
        .isEqualTo(push(43500).replace("false", "true") + email(44100));
  }

  @Test
  void onlineRule_andRetry_areThePolicys() throws Exception {
    String trace = TRACE + "43500,touch,1,web\n";

    // Online for a minute from 43500; looked at again each 50 s.
    String yaml = "policy: {online-retry: 50s}\npresence: {online: {web: 1m}}";
    assertThat(Traces.play(trace, yaml, folder)).isEqualTo(push(43600) + email(44200));
    // Online for fifteen minutes; looked at again each 5 minutes: 43800, 44100, 44400.
    assertThat(Traces.play(trace)).isEqualTo(push(44400) + email(45000));
  }

  @Test
  void unknownKeyOrType_isRefused() {
    assertThatThrownBy(() -> play("policy:\n  escalaton: 1h"))
        .hasMessageEndingWith(
            ":2: policy.escalaton: expected a known key, such as policy.escalation, but found an"
                + " unknown one");
    assertThatThrownBy(() -> play("policy: {types: {mesage: {urgent: true}}}"))
        .hasMessageContaining("policy.types.mesage: expected a type of the catalogue");
  }

  private String play(String yaml) throws Exception {
    return Traces.play(TRACE, yaml, folder);
  }

  private static String push(long at) {
    return """
    {"at":%d,"channel":"push","devices":2,"events":2,"silent":false,"types":{"1":[1,1],"4":[1,1]},"user":"1"}
    """
        .formatted(at);
  }

  private static String email(long at) {
    return """
    {"at":%d,"channel":"email","events":2,"locale":"en","types":{"1":[1,1],"4":[1,1]},"user":"1"}
    """
        .formatted(at);
  }
}
