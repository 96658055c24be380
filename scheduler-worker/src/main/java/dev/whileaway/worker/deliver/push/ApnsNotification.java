package dev.whileaway.worker.deliver.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.eatthepath.pushy.apns.ApnsPushNotification;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushType;
import dev.whileaway.worker.deliver.Fingerprint;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.Retraction;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

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

  private final String token;
  private final String topic;
  private final String payload;
  private final Headers headers;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
  private volatile ApnsFrames.@Nullable Sent sent;

  /// What APNs is told beside the payload.
  private record Headers(
      PushType type,
      DeliveryPriority priority,
      Instant expiresAt,
      @Nullable String collapseId,
      UUID id) {}

  private ApnsNotification(String token, String topic, String payload, Headers headers) {
    this.token = token;
    this.topic = topic;
    this.payload = payload;
    this.headers = headers;
  }

  static ApnsNotification of(Push push, String topic, String payload) {
    return new ApnsNotification(
        push.device().getToken(),
        topic,
        payload,
        new Headers(
            PushType.ALERT,
            push.silent() ? DeliveryPriority.CONSERVE_POWER : DeliveryPriority.IMMEDIATE,
            push.expiresAt(),
            collapseId(push.collapseKey()),
            id(push.digestId(), push.device().getToken())));
  }

  /// For the app alone, and when the phone likes: Apple allows no other priority for it.
  static ApnsNotification of(Retraction retraction, String topic, String payload) {
    String token = retraction.device().getToken();
    return new ApnsNotification(
        token,
        topic,
        payload,
        new Headers(
            PushType.BACKGROUND,
            DeliveryPriority.CONSERVE_POWER,
            retraction.expiresAt(),
            null,
            id("retract " + retraction.digestId(), token)));
  }

  private static String collapseId(String key) {
    return key.getBytes(UTF_8).length <= COLLAPSE_ID_BYTES_MAX ? key : Fingerprint.of(key);
  }

  /// The same for the same digest on the same device.
  private static UUID id(String digest, String token) {
    return UUID.nameUUIDFromBytes((digest + "\0" + token).getBytes(UTF_8));
  }

  /// Takes the push back.
  ///
  /// @return false if it was taken for writing before
  boolean withdraw() {
    return state.compareAndSet(State.WAITING, State.WITHDRAWN) || state.get() == State.WITHDRAWN;
  }

  /// It goes out now.
  void sentAs(ApnsFrames.Sent way) {
    sent = way;
  }

  /// How it went out last; null: it did not.
  ApnsFrames.@Nullable Sent sent() {
    return sent;
  }

  @Override
  public String getToken() {
    if (!state.compareAndSet(State.WAITING, State.WRITTEN) && state.get() == State.WITHDRAWN) {
      throw new CancellationException("the push was withdrawn");
    }
    return token;
  }

  @Override
  public String getPayload() {
    return payload;
  }

  @Override
  public Instant getExpiration() {
    return headers.expiresAt();
  }

  @Override
  public DeliveryPriority getPriority() {
    return headers.priority();
  }

  @Override
  public PushType getPushType() {
    return headers.type();
  }

  @Override
  public String getTopic() {
    return topic;
  }

  @Override
  public @Nullable String getCollapseId() {
    return headers.collapseId();
  }

  @Override
  public UUID getApnsId() {
    return headers.id();
  }
}
