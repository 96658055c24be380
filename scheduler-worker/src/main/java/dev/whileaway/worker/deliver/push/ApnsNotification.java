package dev.whileaway.worker.deliver.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.eatthepath.pushy.apns.ApnsPushNotification;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushType;
import dev.whileaway.worker.deliver.Fingerprint;
import dev.whileaway.worker.deliver.Push;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

/// A notification that knows whether it was taken for writing, and that can be withdrawn until
/// then.
///
/// Pushy tells neither. It keeps what it was given while it connects, for a minute and more after
/// failures, and sends it then: a push given up in the meantime would go out beside its repeat. But
/// the first thing it asks for when it writes is the token, so that question is the gate: either
/// the push is written or it was withdrawn, never both.
final class ApnsNotification implements ApnsPushNotification {

  private static final int COLLAPSE_ID_BYTES_MAX = 64;

  private enum State {
    WAITING,
    WRITTEN,
    WITHDRAWN
  }

  private final Push push;
  private final String topic;
  private final String payload;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

  ApnsNotification(Push push, String topic, String payload) {
    this.push = push;
    this.topic = topic;
    this.payload = payload;
  }

  /// Takes the push back.
  ///
  /// @return false if it was taken for writing before
  boolean withdraw() {
    return state.compareAndSet(State.WAITING, State.WITHDRAWN) || state.get() == State.WITHDRAWN;
  }

  @Override
  public String getToken() {
    if (!state.compareAndSet(State.WAITING, State.WRITTEN) && state.get() == State.WITHDRAWN) {
      throw new CancellationException("the push was withdrawn");
    }
    return push.device().getToken();
  }

  @Override
  public String getPayload() {
    return payload;
  }

  @Override
  public Instant getExpiration() {
    return push.expiresAt();
  }

  @Override
  public DeliveryPriority getPriority() {
    return push.silent() ? DeliveryPriority.CONSERVE_POWER : DeliveryPriority.IMMEDIATE;
  }

  @Override
  public PushType getPushType() {
    return PushType.ALERT;
  }

  @Override
  public String getTopic() {
    return topic;
  }

  @Override
  public String getCollapseId() {
    var key = push.collapseKey();
    return key.getBytes(UTF_8).length <= COLLAPSE_ID_BYTES_MAX ? key : Fingerprint.of(key);
  }

  /// The same for the same digest on the same device.
  @Override
  public UUID getApnsId() {
    var name = push.digestId() + "\0" + push.device().getToken();
    return UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
  }
}
