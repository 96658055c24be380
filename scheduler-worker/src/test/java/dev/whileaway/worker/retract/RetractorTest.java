package dev.whileaway.worker.retract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.whileaway.v1.Device;
import dev.whileaway.v1.Platform;
import dev.whileaway.v1.Profile;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import dev.whileaway.worker.deliver.Retraction;
import dev.whileaway.worker.deliver.Way;
import dev.whileaway.worker.pipeline.FanOut;
import dev.whileaway.worker.pipeline.Users;
import dev.whileaway.worker.plan.UserState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RetractorTest {

  private static final Instant TOLD_AT = Instant.parse("2026-03-02T12:00:00Z");
  private static final SeenPush SEEN = new SeenPush("anna", "digest-1", TOLD_AT);

  private final List<Retraction> retracted = new ArrayList<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private boolean breaks;
  private boolean apart;
  private Outcome answer = new Outcome.Accepted("", "");
  private int together;

  private record OneWay(String name) implements Way {
    @Override
    public boolean standsStill() {
      return false;
    }

    @Override
    public String words() {
      return name;
    }
  }

  private final Users users =
      new Users() {
        @Override
        public Map<String, UserState> states(Set<String> asked) {
          if (breaks) {
            throw new IllegalStateException("away");
          }
          var profile =
              Profile.newBuilder()
                  .setUser("anna")
                  .addDevices(device("old", -1))
                  .addDevices(device("then", 0))
                  .addDevices(device("anew", 1))
                  .addDevices(device("deaf", -1))
                  .build();
          return Map.of("anna", new UserState.Known(profile));
        }

        @Override
        public void unregisterDevice(String user, String token, Instant unlessAfter) {}
      };

  private static Device device(String token, int millisAfterThePush) {
    return Device.newBuilder()
        .setPlatform(Platform.PLATFORM_FCM)
        .setToken(token)
        .setRegisteredAt(Timestamps.fromMillis(TOLD_AT.toEpochMilli() + millisAfterThePush))
        .build();
  }

  private final PushSender push =
      new PushSender() {
        @Override
        public boolean serves(Device device) {
          return true;
        }

        @Override
        public Outcome send(Push push) {
          throw new IllegalStateException("expected no push");
        }

        @Override
        public boolean retracts(Device device) {
          return !device.getToken().equals("deaf");
        }

        @Override
        public Way way(Device device) {
          return new OneWay(apart ? device.getToken() : "one");
        }

        @Override
        public Outcome retract(Retraction retraction) {
          retracted.add(retraction);
          return answer;
        }

        @Override
        public void close() {}
      };

  private final Retractor retractor =
      new Retractor(users, push, registry, waiting::add, this::atOnce);

  private List<Outcome> atOnce(List<Supplier<Outcome>> sends) {
    together = sends.size();
    return FanOut.IN_ORDER.run(sends);
  }

  private void work() {
    waiting.forEach(Runnable::run);
    waiting.clear();
  }

  // TRAPS 39
  @Test
  void push_isTakenBackFromDevicesThatHadIt_andCanDoSo() {
    retractor.take(List.of(SEEN));
    work();

    assertThat(together).isOne();
    assertThat(retracted).extracting(one -> one.device().getToken()).containsExactly("old", "then");
    assertThat(retracted.getFirst().digestId()).isEqualTo("digest-1");
    assertThat(retracted.getFirst().expiresAt()).isEqualTo(TOLD_AT.plus(Duration.ofDays(1)));
    assertThat(counted("accepted")).isEqualTo(2);
  }

  @Test
  void waysGoSideBySide() {
    apart = true;
    retractor.take(List.of(SEEN));
    work();

    assertThat(together).isEqualTo(2);
    assertThat(counted("accepted")).isEqualTo(2);
  }

  @Test
  void wayThatTakesNone_isLeftInPeace() {
    answer = new Outcome.Unknown("no answer");
    retractor.take(List.of(SEEN));
    work();

    assertThat(retracted).extracting(one -> one.device().getToken()).containsExactly("old");
    assertThat(counted("not_accepted")).isOne();
    assertThat(counted("left_out")).isOne();
  }

  @Test
  void moreThanFindTime_areLeftOut() {
    for (int i = 0; i < 34; i++) {
      retractor.take(List.of(SEEN));
    }
    assertThat(counted("left_out")).isEqualTo(2);

    work();
    retractor.take(List.of(SEEN));
    assertThat(counted("left_out")).isEqualTo(2);
  }

  @Test
  void daemonThatIsAway_isNobodysTrouble() {
    breaks = true;
    retractor.take(List.of(SEEN));
    work();

    assertThat(retracted).isEmpty();
    assertThat(counted("left_out")).isEqualTo(1);
  }

  private double counted(String outcome) {
    return registry.counter("whileaway.worker.retractions", "outcome", outcome).count();
  }
}
