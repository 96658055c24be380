package dev.whileaway.worker.deliver.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whileaway.testkit.log.CapturedLog;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Reservation.Refused;
import dev.whileaway.worker.deliver.push.BearerTokens.TokenUnavailableException;
import dev.whileaway.worker.deliver.push.IssuedTokens.Issued;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IssuedTokensTest {

  private static final Issued HOUR = new Issued("first", Duration.ofHours(1));

  private final AtomicLong nanos = new AtomicLong(-5);
  private final List<CompletableFuture<Issued>> logins = new ArrayList<>();
  private final CapturedLog log = new CapturedLog(IssuedTokens.class);
  private Consumer<CompletableFuture<Issued>> next = login -> login.complete(HOUR);
  private final IssuedTokens tokens = new IssuedTokens("app 7", this::login, nanos::get);

  @AfterEach
  void close() {
    log.close();
  }

  /// Answered at once with what [#next] says; under way if it says nothing.
  private CompletableFuture<Issued> login() {
    var login = new CompletableFuture<Issued>();
    logins.add(login);
    next.accept(login);
    return login;
  }

  private void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private void refuse() {
    next = login -> login.completeExceptionally(new IssuedTokens.LoginException("403 no"));
  }

  private void assertNone() {
    assertThatThrownBy(tokens::authorization).isInstanceOf(TokenUnavailableException.class);
  }

  @Test
  void token_isKept_andRenewedFiveMinutesBeforeItsEnd() throws Exception {
    for (Duration step : List.of(Duration.ZERO, Duration.ofMinutes(55).minusNanos(1))) {
      advance(step);
      assertThat(tokens.authorization()).isEqualTo("Bearer first");
      assertThat(logins).hasSize(1);
    }

    next = login -> login.complete(new Issued("second", Duration.ofHours(1)));
    advance(Duration.ofNanos(1));
    tokens.authorization();
    assertThat(tokens.authorization()).isEqualTo("Bearer second");
    assertThat(logins).hasSize(2);
  }

  @Test
  void renewalThatHangs_keepsNobodyWaiting_whileTheOldTokenIsGood() throws Exception {
    tokens.authorization();
    next = _ -> {};
    advance(Duration.ofMinutes(60).minusNanos(1));

    assertThat(tokens.authorization()).isEqualTo("Bearer first");
    assertThat(tokens.authorization()).isEqualTo("Bearer first");
    assertThat(logins).hasSize(2);
  }

  @Test
  void failedLogin_isNotRepeatedForAWhile_andSaidOnce() throws Exception {
    refuse();
    for (int push = 0; push < 100; push++) {
      assertNone();
    }
    assertThat(logins).hasSize(1);

    advance(IssuedTokens.REST.minusNanos(1));
    assertNone();
    assertThat(logins).hasSize(1);

    advance(Duration.ofNanos(1));
    assertNone();
    assertThat(logins).hasSize(2);
    assertThat(log.lines())
        .containsExactly("WARN no token for app 7: 403 no; asking again 5 s after each failure");

    next = login -> login.complete(HOUR);
    advance(IssuedTokens.REST);
    assertThat(tokens.authorization()).isEqualTo("Bearer first");
    assertThat(log.lines()).hasSize(2).last().isEqualTo("INFO there is a token for app 7 again");
  }

  @Test
  void loginThatHangs_isSaidOnce_whenItFailsToo_andWhenItIsOver() throws Exception {
    next = _ -> {};
    assertNone();
    assertNone();
    assertThat(log.lines())
        .containsExactly("WARN no token for app 7 yet: no answer for 2 s; its pushes wait");

    logins.getFirst().completeExceptionally(new TimeoutException());
    assertNone();
    advance(IssuedTokens.REST);
    assertNone();
    assertThat(log.lines())
        .hasSize(2)
        .last()
        .isEqualTo(
            "WARN no token for app 7: no answer within 30 s; asking again 5 s after each failure");

    logins.getLast().complete(HOUR);
    assertThat(tokens.authorization()).isEqualTo("Bearer first");
    assertThat(log.lines()).hasSize(3).last().isEqualTo("INFO there is a token for app 7 again");
  }

  @Test
  void tokenThatTheProviderDidNotLike_isReplaced() throws Exception {
    String authorization = tokens.authorization();
    tokens.forget("Bearer another");
    assertThat(tokens.authorization()).isEqualTo(authorization);
    assertThat(logins).hasSize(1);

    tokens.forget(authorization);
    next = login -> login.complete(new Issued("second", Duration.ofHours(1)));
    assertThat(tokens.authorization()).isEqualTo("Bearer second");
  }

  private Refused refusal() {
    return assertThatExceptionOfType(TokenUnavailableException.class)
        .isThrownBy(tokens::authorization)
        .actual()
        .refusal();
  }

  /// One that is only slow says nothing against anybody; one that failed does.
  @Test
  void login_isBlamedOnlyOnceItHasFailed() {
    next = _ -> {};
    assertThat(refusal().cause()).isEqualTo(Refused.Cause.FULL);

    logins.getFirst().completeExceptionally(new IOException("no way"));
    assertThat(refusal())
        .isEqualTo(
            new Refused(
                Refused.Cause.NO_LOGIN,
                new Outcome.RetryAfter(
                    Duration.ofSeconds(15),
                    Outcome.Trouble.PROVIDER,
                    "no token for app 7: java.io.IOException: no way")));
  }

  @Test
  void login_beginsWithTheSender() throws Exception {
    var early = IssuedTokens.begin("app 7", this::login);
    assertThat(logins).hasSize(1);

    assertThat(early.authorization()).isEqualTo("Bearer first");
    assertThat(logins).hasSize(1);
  }
}
