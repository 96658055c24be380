package dev.whileaway.worker.deliver.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.whileaway.testkit.push.PushBehaviour;
import dev.whileaway.testkit.push.ReceivedPush;
import dev.whileaway.worker.deliver.DeliverySettings.Fcm;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Outcome.Trouble;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.route.Routes;
import io.netty.handler.codec.http2.Http2Error;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Connections that end or stand still while pushes are on them: TRAPS 6, 10, 47.
class RoughConnectionsTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /// Longer than a test: only the connection itself ends a push.
  private static final Duration PATIENT = Duration.ofSeconds(60);

  @TempDir Path folder;

  private static Set<String> ended(Map<String, Outcome> outcomes, Class<? extends Outcome> so) {
    return outcomes.entrySet().stream()
        .filter(one -> so.isInstance(one.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /// A GOAWAY whose last stream is an earlier one: the push was not looked at, and goes out again.
  @ParameterizedTest
  @EnumSource
  void pushesTurnedAwayByAGoAway_areSentAgain_andToldOnce(Rig.Provider provider) throws Exception {
    try (var rig = Rig.of(provider, folder, PATIENT)) {
      PushSender route =
          new Routes(100, InstantSource.system()).route("route", rig.sender, Fcm.LIMITS);
      List<String> before = Rig.tokens("before", 4);
      assertThat(rig.send(before, route).values()).hasOnlyElementsOfType(Outcome.Accepted.class);
      rig.fake.when("token7", PushBehaviour.TURN_AWAY);
      List<String> tokens = Rig.tokens("token", 20);

      var first = rig.send(tokens, route);
      rig.fake.when("token7", PushBehaviour.ACCEPT);
      // What a route gives back waits in its shard, and comes again.
      var left = List.copyOf(ended(first, Outcome.RetryAfter.class));
      var again = rig.send(left, route);

      assertThat(left).contains("token7");
      assertThat(ended(first, Outcome.Unknown.class)).isEmpty();
      assertThat(again.values()).hasOnlyElementsOfType(Outcome.Accepted.class);
      assertThat(rig.fake.pushes())
          .extracting(ReceivedPush::token)
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(before.stream(), tokens.stream()).toList());
    }
  }

  /// Whoever does so to each connection fails, and is to be banned.
  @ParameterizedTest
  @EnumSource
  void pushesTurnedAwayForAnError_speakAgainstTheWay(Rig.Provider provider) throws Exception {
    try (var rig = Rig.of(provider, folder, PATIENT)) {
      rig.fake.otherwise(PushBehaviour.turnAway(Http2Error.ENHANCE_YOUR_CALM.code()));
      assertThat(rig.send(Rig.tokens("token", 4)).values())
          .extracting("trouble")
          .containsOnly(Trouble.WAY);

      rig.fake.otherwise(PushBehaviour.TURN_AWAY);
      assertThat(rig.send(Rig.tokens("token", 1)).values())
          .extracting("trouble")
          .containsOnly(Trouble.TURNED_AWAY);
    }
  }

  /// The other end takes bytes and says nothing any more, not even to a ping.
  @ParameterizedTest
  @EnumSource
  void connectionThatHangs_isMadeAnew_onceAPushHasWaitedInVain(Rig.Provider provider)
      throws Exception {
    try (var rig = Rig.of(provider, folder, TIMEOUT)) {
      assertThat(rig.send(Rig.tokens("before", 4)).values())
          .hasOnlyElementsOfType(Outcome.Accepted.class);

      rig.fake.hangConnections();
      assertThat(rig.send(Rig.tokens("into", 4)).values())
          .hasOnlyElementsOfType(Outcome.Unknown.class);

      assertThat(rig.send(Rig.tokens("after", 4)).values())
          .hasOnlyElementsOfType(Outcome.Accepted.class);
    }
  }

  /// The same from the first push on: it was taken, and then nothing comes any more.
  @ParameterizedTest
  @EnumSource
  void connectionThatHangsFromItsFirstPush_isMadeAnew_onceThatHasWaitedInVain(Rig.Provider provider)
      throws Exception {
    try (var rig = Rig.of(provider, folder, TIMEOUT)) {
      rig.fake.otherwise(PushBehaviour.HANG);
      var into = new FutureTask<>(() -> rig.send(Rig.tokens("into", 4)));
      Thread.ofVirtual().start(into);
      await().until(() -> rig.fake.count() == 4);
      rig.fake.hangConnections();
      assertThat(into.get().values()).hasOnlyElementsOfType(Outcome.Unknown.class);

      rig.fake.otherwise(PushBehaviour.ACCEPT);
      assertThat(rig.send(Rig.tokens("after", 4)).values())
          .hasOnlyElementsOfType(Outcome.Accepted.class);
    }
  }
}
