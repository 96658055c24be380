package dev.whileaway.worker.deliver.push;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tokens that somebody issues for a secret: kept, and renewed some minutes before their end, in
/// real time, since it is the issuer's clock that ends them.
///
/// Logins go on beside the pushes, one at a time. A push waits for one only if there is no good
/// token at all, and as long as it waits for anything else on its way: then it comes again, and
/// nobody is blamed for a login that is only slow. One that failed is not tried again for a while,
/// so that an issuer that comes back is not met by all who wait. Safe for use by many threads.
final class IssuedTokens implements BearerTokens {

  private static final Logger log = LoggerFactory.getLogger(IssuedTokens.class);

  /// As long as a route waits for each thing.
  static final Duration PATIENCE = Duration.ofSeconds(2);

  /// Nobody logs in for so long after a login that failed.
  static final Duration REST = Duration.ofSeconds(5);

  /// A login that takes longer has failed.
  private static final Duration LOGIN_MAX = Duration.ofSeconds(30);

  private static final Duration RENEW_BEFORE = Duration.ofMinutes(5);
  private static final Duration OUTAGE_DELAY = Duration.ofSeconds(15);
  private static final Duration REFUSED_DELAY = Duration.ofMinutes(5);

  private final String whose;
  private final Login login;
  private final LongSupplier nanos;
  private volatile Kept kept;
  private CompletableFuture<Kept> current = new CompletableFuture<>();
  private long restsUntilNanos;
  private Said said = Said.NOTHING;

  /// What the log was told last, of which it is told once.
  private enum Said {
    NOTHING,
    /// Pushes wait for a login.
    SLOW,
    /// A login failed.
    FAILING
  }

  /// Asks for a token.
  interface Login {

    /// Does not block; completed exceptionally, there is none.
    CompletableFuture<Issued> begin();
  }

  /// @param life how long it is good, from now
  record Issued(String token, Duration life) {}

  private record Kept(String authorization, long renewAtNanos, long endsAtNanos) {}

  /// Begins the first login, so that the first push finds a token.
  ///
  /// @param whose for people: the app and its setting
  static IssuedTokens begin(String whose, Login login) {
    var tokens = new IssuedTokens(whose, login, System::nanoTime);
    var _ = tokens.login();
    return tokens;
  }

  IssuedTokens(String whose, Login login, LongSupplier nanos) {
    this.whose = whose;
    this.login = login;
    this.nanos = nanos;
    restsUntilNanos = nanos.getAsLong();
    kept = new Kept("", restsUntilNanos, restsUntilNanos);
    current.cancel(false);
  }

  @Override
  public String authorization() throws InterruptedException, TokenUnavailableException {
    Kept had = kept;
    if (isBefore(had.renewAtNanos)) {
      return had.authorization;
    }
    var renewal = login();
    return isBefore(had.endsAtNanos) ? had.authorization : awaited(renewal);
  }

  @Override
  public synchronized void forget(String authorization) {
    if (kept.authorization.equals(authorization)) {
      long now = nanos.getAsLong();
      kept = new Kept("", now, now);
    }
  }

  private boolean isBefore(long moment) {
    return nanos.getAsLong() - moment < 0;
  }

  private String awaited(CompletableFuture<Kept> renewal)
      throws InterruptedException, TokenUnavailableException {
    try {
      return renewal.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).authorization;
    } catch (TimeoutException _) {
      saySlow();
      throw TokenUnavailableException.awaited(PATIENCE, none("no answer yet"));
    } catch (ExecutionException e) {
      var cause = e.getCause();
      throw TokenUnavailableException.failed(
          cause instanceof LoginException ? REFUSED_DELAY : OUTAGE_DELAY, none(words(cause)));
    }
  }

  /// The login that is under way, or the last one if none should begin.
  private synchronized CompletableFuture<Kept> login() {
    if (isBefore(kept.renewAtNanos)) {
      return CompletableFuture.completedFuture(kept);
    }
    if (current.isDone() && !isBefore(restsUntilNanos)) {
      current =
          login
              .begin()
              .orTimeout(LOGIN_MAX.toSeconds(), TimeUnit.SECONDS)
              .thenApply(this::kept)
              .whenComplete(this::ended);
    }
    return current;
  }

  private Kept kept(Issued issued) {
    long now = nanos.getAsLong();
    Duration life = issued.life();
    Duration fresh = life.minus(RENEW_BEFORE);
    return new Kept(
        "Bearer " + issued.token(),
        now + (fresh.isPositive() ? fresh : life.dividedBy(2)).toNanos(),
        now + life.toNanos());
  }

  private synchronized void ended(@Nullable Kept issued, @Nullable Throwable failure) {
    if (issued != null) {
      kept = issued;
    } else {
      restsUntilNanos = nanos.getAsLong() + REST.toNanos();
    }
    if (issued == null && said != Said.FAILING) {
      said = Said.FAILING;
      log.warn(
          "no token for {}: {}; asking again {} s after each failure",
          whose,
          words(failure),
          REST.toSeconds());
    } else if (issued != null && said != Said.NOTHING) {
      said = Said.NOTHING;
      log.info("there is a token for {} again", whose);
    }
  }

  /// Else nobody would know why pushes wait, until the login has failed.
  private synchronized void saySlow() {
    if (said == Said.NOTHING && !isBefore(kept.endsAtNanos)) {
      said = Said.SLOW;
      log.warn(
          "no token for {} yet: no answer for {} s; its pushes wait", whose, PATIENCE.toSeconds());
    }
  }

  private static String words(@Nullable Throwable failure) {
    if (failure instanceof CompletionException wrapped && wrapped.getCause() != null) {
      return words(wrapped.getCause());
    }
    if (failure instanceof TimeoutException) {
      return "no answer within %d s".formatted(LOGIN_MAX.toSeconds());
    }
    return failure instanceof LoginException refused ? refused.reason() : String.valueOf(failure);
  }

  private String none(String why) {
    return "no token for %s: %s".formatted(whose, why);
  }

  /// The issuer answered, but gave no token.
  static final class LoginException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    LoginException(String reason) {
      super(reason);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }
}
