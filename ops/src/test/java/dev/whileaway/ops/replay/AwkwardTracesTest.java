package dev.whileaway.ops.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Small traces at the edges of the rules. Each expected log was worked out by hand; noon is 43200.
class AwkwardTracesTest {

  @Test
  void night_beginsAt23AndEndsAt8_secondForSecond() throws IOException {
    // TRAPS 23, 27. A match is told in its second; 79200 is 22:00, 25200 of the next day 07:00.
    for (String[] boundary :
        new String[][] {
          {"82799", "false"}, {"82800", "true"}, {"115199", "true"}, {"115200", "false"}
        }) {
      long at = Long.parseLong(boundary[0]);
      assertThat(
              Traces.play(
                  """
                  0,profile,1,en,UTC,1,1
                  %d,report,1,2,4,
                  """
                      .formatted(at)))
          .isEqualTo(
              """
              {"at":%d,"channel":"push","devices":1,"events":1,"silent":%s,"types":{"4":[1,1]},"user":"1"}
              {"at":%d,"channel":"email","events":1,"locale":"en","types":{"4":[1,1]},"user":"1"}
              """
                  .formatted(at, boundary[1], at + 600));
    }
  }

  @Test
  void zoneChangedWhileTheWindowIsOpen_countsWhenThePushIsSent() throws IOException {
    // TRAPS 24. 12:30 in UTC is 21:30 in Tokyo and 01:30 in Auckland (13 hours ahead in summer).
    assertThat(
            Traces.play(
                """
                1073260800,profile,1,en,Asia/Tokyo,1,0
                1073304000,report,1,2,1,
                1073305000,profile,1,en,Pacific/Auckland,1,0
                """))
        .isEqualTo(
            """
            {"at":1073305800,"channel":"push","devices":1,"events":1,"silent":true,"types":{"1":[1,1]},"user":"1"}
            """);
  }

  @Test
  void nightsEnd_isEightByTheClockOnTheWall_alsoWhereTheNightWasShorterOrLonger()
      throws IOException {
    // TRAPS 22. Berlin, spring 2004: 08:00 is 07:00Z on the 27th of March, 06:00Z on the 28th.
    assertThat(silentAndAfter("Europe/Berlin", 1_080_370_800)).isEqualTo("true false");
    assertThat(silentAndAfter("Europe/Berlin", 1_080_453_600)).isEqualTo("true false");
    // Autumn: 06:00Z on the 30th of October, 07:00Z on the 31st.
    assertThat(silentAndAfter("Europe/Berlin", 1_099_116_000)).isEqualTo("true false");
    assertThat(silentAndAfter("Europe/Berlin", 1_099_206_000)).isEqualTo("true false");
    // Lord Howe moves by half an hour: 21:00Z on the 3rd of April 2026, 21:30Z on the 4th.
    assertThat(silentAndAfter("Australia/Lord_Howe", 1_775_250_000)).isEqualTo("true false");
    assertThat(silentAndAfter("Australia/Lord_Howe", 1_775_338_200)).isEqualTo("true false");
  }

  /// Whether a push is silent one second before a moment, and at it.
  private static String silentAndAfter(String zone, long at) throws IOException {
    var answers = new ArrayList<String>();
    for (long moment = at - 1; moment <= at; moment++) {
      String log = Traces.play("0,profile,1,en,%s,1,0\n%d,report,1,2,4,\n".formatted(zone, moment));
      answers.add(log.replaceAll("(?s).*\"silent\":(\\w+).*", "$1"));
    }
    return String.join(" ", answers);
  }

  @Test
  void windowOverTheHourThatComesTwice_isAsLongAsEver() throws IOException {
    // TRAPS 22. Berlin, 31 October 2004: reported at 00:45Z, which is 02:45 for the first time;
    // told
    // at 01:15Z, which is 02:15 for the second.
    assertThat(
            Traces.play(
                """
                0,profile,1,en,Europe/Berlin,0,1
                1099183500,report,1,2,1,
                """))
        .isEqualTo(email(1_099_185_300, 1));
  }

  @Test
  void appUserWhoDisconnects_isOfflineAtOnce() throws IOException {
    // Due at 45000 in both. Connected: online until 45300 (900 s after the activity), asked again
    // at 45300. Disconnected before: told at once.
    String before =
        """
        0,profile,1,en,UTC,0,1
        43200,report,1,2,1,
        44400,connect,1
        """;
    assertThat(Traces.play(before)).isEqualTo(email(45300, 1));
    assertThat(Traces.play(before + "44999,disconnect,1\n")).isEqualTo(email(45000, 1));
    // Reopened without other activity: opening is activity, so online until 45860.
    assertThat(Traces.play(before + "44950,disconnect,1\n44960,connect,1\n"))
        .isEqualTo(email(45900, 1));
  }

  @Test
  void webAndAppInTheSameSecond_countAsWeb() throws IOException {
    // Both at 44400: web, so online though nothing is connected; gone at 45300.
    assertThat(
            Traces.play(
                """
                0,profile,1,en,UTC,0,1
                43200,report,1,2,1,
                44400,touch,1,web
                44400,touch,1,app
                """))
        .isEqualTo(email(45300, 1));
    // The app a second later, not connected: offline, however fresh the web.
    assertThat(
            Traces.play(
                """
                0,profile,1,en,UTC,0,1
                43200,report,1,2,1,
                44400,touch,1,web
                44401,touch,1,app
                """))
        .isEqualTo(email(45000, 1));
  }

  @Test
  void userWhoStaysOnline_isAskedForAgainAndAgain_andToldAtLast() throws IOException {
    // TRAPS 11, 25. Asked at 45000 and each 300 s; last seen at 50000, so online before 50900.
    // 45000 + 20 * 300 = 51000. A touch at 50900 - 900 exactly is over at 50900.
    String touches =
        IntStream.iterate(44400, at -> at <= 50000, at -> at + 800)
            .mapToObj(at -> at + ",touch,1,web\n")
            .collect(Collectors.joining());
    assertThat(Traces.play("0,profile,1,en,UTC,0,1\n43200,report,1,2,1,\n" + touches))
        .isEqualTo(email(51000, 1));
  }

  @Test
  void onlineAtTheTimeOfTheEmail_putsItOff_andKeepsThePushSent() throws IOException {
    // Push at 45000, e-mail due at 45600; a touch at 45500 holds until 46400: 45900, 46200, 46500.
    assertThat(
            Traces.play(
                """
                0,profile,1,en,UTC,1,1
                43200,report,1,2,1,
                45500,touch,1,web
                """))
        .isEqualTo(push(45000, 1, 1) + email(46500, 1));
  }

  @Test
  void viewOfSomeTypesBetweenPushAndEmail_leavesTheOthersAndTheirTime() throws IOException {
    // The view of type 1 at 45100 is presence too: online until 46000. 45600, 45900, 46200.
    assertThat(
            Traces.play(
                """
                0,profile,1,en,UTC,1,1
                43200,report,1,2,1,
                43201,report,1,3,2,
                45100,view,1,web,1|3
                """))
        .isEqualTo(
            """
            {"at":45000,"channel":"push","devices":1,"events":2,"silent":false,"types":{"1":[1,1],"2":[1,1]},"user":"1"}
            {"at":46200,"channel":"email","events":1,"locale":"en","types":{"2":[1,1]},"user":"1"}
            """);
  }

  @Test
  void viewOfAllThatWaits_endsTheBacklog_andTheNextEventOpensAnother() throws IOException {
    // Had the first window gone on, the second event would be told at 45000, and by e-mail alone.
    assertThat(
            Traces.play(
                """
                0,profile,1,en,UTC,1,1
                43200,report,1,2,1,
                45100,view,1,web,1
                50000,report,1,2,1,
                """))
        .isEqualTo(push(45000, 1, 1) + push(51800, 1, 1) + email(52400, 1));
  }

  @Test
  void matchBetweenPushAndEmail_restartsTheLadder_withAllThatWaits() throws IOException {
    assertThat(
            Traces.play(
                """
                0,profile,1,en,UTC,2,1
                43200,report,1,2,1,
                45300,report,1,3,4,
                """))
        .isEqualTo(
            """
            {"at":45000,"channel":"push","devices":2,"events":1,"silent":false,"types":{"1":[1,1]},"user":"1"}
            {"at":45300,"channel":"push","devices":2,"events":2,"silent":false,"types":{"1":[1,1],"4":[1,1]},"user":"1"}
            {"at":45900,"channel":"email","events":2,"locale":"en","types":{"1":[1,1],"4":[1,1]},"user":"1"}
            """);
  }

  @Test
  void forgottenInTheSecondInWhichItIsDue_isNotTold_norAreItsOwnEventsElsewhere()
      throws IOException {
    // TRAPS 28, 29. User 1 goes at 45000. User 3 has one event of 1 and one of 2; user 4 of 1 only.
    assertThat(
            Traces.play(
                """
                0,profile,1,en,UTC,1,1
                0,profile,3,en,UTC,0,1
                0,profile,4,en,UTC,1,1
                43200,report,1,2,1,
                43200,report,3,1,1,
                43200,report,3,2,1,
                43200,report,4,1,1,
                45000,forget,1
                45001,report,1,2,1,to nobody
                """))
        .isEqualTo(email(45000, 1).replace("\"user\":\"1\"", "\"user\":\"3\""));
  }

  @Test
  void senderForgottenBetweenPushAndEmail_isLeftOutOfTheEmail() throws IOException {
    // TRAPS 29
    assertThat(
            Traces.play(
                """
                0,profile,1,en,UTC,1,1
                43200,report,1,2,1,
                43200,report,1,3,1,
                43200,report,1,3,1,
                45200,forget,3
                """))
        .isEqualTo(
            """
            {"at":45000,"channel":"push","devices":1,"events":3,"silent":false,"types":{"1":[3,2]},"user":"1"}
            """
                + email(45600, 1));
  }

  @Test
  void moreEventsThanABacklogKeeps_areCountedExactly_alsoIfSendersGo() throws IOException {
    // TRAPS 30. 300 messages of 300 senders, of whom the first, long pushed out, is forgotten.
    String reports =
        IntStream.range(0, 300)
            .mapToObj(i -> "43200,report,1,%d,1,\n".formatted(1000 + i))
            .collect(Collectors.joining());
    assertThat(Traces.play("0,profile,1,en,UTC,0,1\n" + reports + "44000,forget,1000\n"))
        .isEqualTo(
            """
            {"at":45000,"channel":"email","events":299,"locale":"en","types":{"1":[299,299]},"user":"1"}
            """);
  }

  @Test
  void noDeviceAndNoAddress_endsInSilence_andSoDoesAUserWithoutProfile() throws IOException {
    // Each backlog ends when it is due: what comes later opens another, and nobody hears of it.
    assertThat(
            Traces.play(
                """
                0,profile,1,en,UTC,0,0
                43200,report,1,2,1,
                43200,report,9,2,4,
                50000,report,1,2,4,
                """))
        .isEmpty();
  }

  @Test
  void devicesWithoutAddress_getOnePushAlone() throws IOException {
    // At 45600 there is no channel left and the backlog ends: 45700 opens the next.
    assertThat(
            Traces.play(
                """
                0,profile,1,en,UTC,3,0
                43200,report,1,2,1,
                45700,report,1,2,1,
                """))
        .isEqualTo(push(45000, 3, 1) + push(47500, 3, 1));
  }

  @Test
  void actionsOfOneSecond_comeInTheOrderOfTheFile_beforeWhatIsDue() throws IOException {
    // All at 45000: seen, then reported anew, so a new window; not the other way round.
    String profile = "0,profile,1,en,UTC,0,1\n43200,report,1,2,1,\n";
    assertThat(Traces.play(profile + "45000,visit,1,web\n45000,report,1,2,1,\n"))
        .isEqualTo(email(46800, 1));
    assertThat(Traces.play(profile + "45000,report,1,2,1,\n45000,visit,1,web\n")).isEmpty();
  }

  @Test
  void sendsOfOneSecond_areSortedByUserAsANumber() throws IOException {
    assertThat(
            Traces.play(
                """
                0,profile,9,en,UTC,0,1
                0,profile,10,en,UTC,0,1
                0,profile,100,en,UTC,0,1
                43200,report,100,1,1,
                43200,report,10,1,1,
                43200,report,9,1,1,
                """))
        .isEqualTo(
            IntStream.of(9, 10, 100)
                .mapToObj(user ->
                    email(45000, 1).replace("\"user\":\"1\"", "\"user\":\"%d\"".formatted(user)))
                .collect(Collectors.joining()));
  }

  private static String push(long at, int devices, int events) {
    return """
    {"at":%d,"channel":"push","devices":%d,"events":%d,"silent":false,"types":{"1":[%d,1]},"user":"1"}
    """
        .formatted(at, devices, events, events);
  }

  private static String email(long at, int events) {
    return """
    {"at":%d,"channel":"email","events":%d,"locale":"en","types":{"1":[%d,1]},"user":"1"}
    """
        .formatted(at, events, events);
  }
}
