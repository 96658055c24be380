package dev.whileaway.worker.deliver.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.worker.deliver.route.Route.Load;
import java.util.List;
import org.junit.jupiter.api.Test;

class PushRoomTest {

  private static final int QUEUE = 200;

  private static final int MANY = 10_000;

  private static Load load(
      int waiting, int underWay, int asked, boolean keepsPace, boolean resting, boolean banned) {
    return new Load(
        Importance.HIGH, waiting, QUEUE, underWay, 100, MANY, asked, keepsPace, resting, banned);
  }

  private static Load low(int waiting, int asked) {
    return new Load(Importance.LOW, waiting, QUEUE, 100, 100, MANY, asked, true, false, false);
  }

  /// One of a hundred sends, all under way.
  private static Load busy(int waiting, int asked) {
    return load(waiting, 100, asked, true, false, false);
  }

  private static Load slow(int waiting, int asked) {
    return load(waiting, 100, asked, false, false, false);
  }

  private static Load resting(int asked) {
    return load(0, 0, asked, true, true, false);
  }

  private static Load banned(int asked) {
    return load(0, 0, asked, true, false, true);
  }

  private static int room(Load... routes) {
    return PushRoom.of(List.of(routes), 0, 0);
  }

  @Test
  void tightestRoute_decides_byThePartThatGoesThere() {
    assertThat(room(busy(50, 499), busy(0, 500))).isEqualTo(50 * 1_000 / 500);
    assertThat(room(busy(50, 99), busy(0, 900))).isEqualTo(100 * 1_000 / 901);
  }

  @Test
  void routeThatNobodyNeeds_isNotInTheWay() {
    assertThat(room(busy(70, 0), busy(0, 999))).isEqualTo(100);
  }

  @Test
  void nothingKnown_allMayGoOneWay() {
    assertThat(room(busy(40, 0), busy(0, 0))).isEqualTo(60);
  }

  @Test
  void routeThatIsMoreThanHalfFull_isWaitedFor() {
    assertThat(room(busy(QUEUE / 2, 500), busy(0, 500))).isZero();
    assertThat(room(busy(QUEUE / 2 + 1, 500), busy(0, 500))).isZero();
  }

  @Test
  void aHandful_isNoRoom() {
    assertThat(room(busy(75, 999))).isEqualTo(25);
    assertThat(room(busy(76, 999))).isZero();
  }

  @Test
  void routeThatNobodyNeeds_doesNotDecide_whereTheOthersAreSlow() {
    assertThat(room(slow(QUEUE / 2, 500), slow(QUEUE / 2, 500), busy(0, 0))).isZero();
  }

  // TRAPS 33, 36
  @Test
  void routeThatHangsRestsOrIsBanned_doesNotHoldTheOthersBack() {
    assertThat(room(busy(0, 499), slow(QUEUE, 500))).isEqualTo(100 * 1_000 / 500);
    assertThat(room(busy(0, 499), resting(500))).isEqualTo(100 * 1_000 / 500);
    assertThat(room(busy(0, 499), banned(500))).isEqualTo(100 * 1_000 / 500);
  }

  // TRAPS 33
  @Test
  void floodOfLowImportance_doesNotHoldTheOthersBack() {
    assertThat(room(busy(0, 499), low(QUEUE, 500))).isEqualTo(100 * 1_000 / 500);
    assertThat(room(busy(0, 0), low(QUEUE, 999))).isEqualTo(100 * 1_000);
    assertThat(room(low(50, 999))).isEqualTo(50);
  }

  @Test
  void share_isABound() {
    Load crowded = new Load(Importance.HIGH, 0, QUEUE, 0, 100, 40, 999, true, false, false);
    assertThat(room(crowded)).isEqualTo(40);
  }

  @Test
  void workerWithFewPlaces_isNotWithoutRoom() {
    Load idle = new Load(Importance.LOW, 0, QUEUE, 0, 100, 7, 0, true, false, false);
    assertThat(room(idle)).isEqualTo(7);
  }

  @Test
  void machineThatIsSlow_isNotTakenForASlowRoute() {
    List<Load> routes = List.of(busy(0, 499), slow(QUEUE / 2, 500));
    int onRoutes = 300;

    assertThat(PushRoom.of(routes, 2 * onRoutes, onRoutes)).isEqualTo(100 * 1_000 / 500);
    assertThat(PushRoom.of(routes, 2 * onRoutes + 1, onRoutes)).isZero();
  }

  // TRAPS 36
  @Test
  void wholeChannelThatIsSlow_isNotAskedForMoreThanItsQueueTakes() {
    assertThat(room(slow(QUEUE / 2, 999))).isZero();
    assertThat(room(slow(60, 999))).isEqualTo(40);
  }

  @Test
  void nothingOpen_isNoBound() {
    assertThat(room(banned(1))).isEqualTo(Routes.ROOM_MAX);
    assertThat(room()).isEqualTo(Routes.ROOM_MAX);
  }
}
