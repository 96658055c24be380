package dev.whileaway.worker.deliver.push;

import dev.whileaway.worker.deliver.Outcome;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What it means that a provider does not know a token. The token may be dead. But one wrong line
/// of the configuration, such as the host of another environment, makes all tokens look dead, and
/// would empty the register of devices. So a provider is believed once it has taken a push since
/// the start; until then this is a refusal, and the log says once what is likely to be wrong. Safe
/// for use by many threads.
final class DeadTokens {

  private static final Logger log = LoggerFactory.getLogger(DeadTokens.class);

  private final String provider;
  private final String advice;
  private final AtomicBoolean said = new AtomicBoolean();
  private volatile boolean believed;

  /// @param provider for people, with its host
  /// @param advice what to look at in the configuration
  DeadTokens(String provider, String advice) {
    this.provider = provider;
    this.advice = advice;
  }

  /// The provider took a push: it knows tokens of ours.
  void believe() {
    if (!believed) {
      believed = true;
    }
  }

  /// The provider does not know a token.
  ///
  /// @param words what it said
  Outcome unknown(String words) {
    if (believed) {
      return new Outcome.Unregistered(Optional.empty(), words);
    }
    if (said.compareAndSet(false, true)) {
      log.warn(
          "expected {} to know the first token, but found {}; the device stays, and so do all others"
              + " until a push is taken: {}",
          provider,
          words,
          advice);
    }
    return new Outcome.Rejected(words + ", and none was taken before: " + advice);
  }
}
