package dev.whileaway.testkit.push;

import dev.whileaway.testkit.FakeServer;
import java.util.List;
import java.util.function.Consumer;

/// A fake push provider on 127.0.0.1, whatever it speaks. It takes every push that keeps its rules,
/// unless it was told otherwise.
public abstract sealed class FakePushes implements FakeServer
    permits FakeApns, FakeFcm, FakeHms, FakeWebPush {

  FakePushes() {}

  /// What serves, scripts and remembers.
  abstract FakeProvider provider();

  @Override
  public final int port() {
    return provider().port();
  }

  /// It knows any token, where nothing else is said.
  @Override
  public String recipient() {
    return "a1b2c3d4";
  }

  /// Says what happens to the next pushes to a token.
  public final void when(String token, PushBehaviour behaviour) {
    provider().script.when(token, behaviour);
  }

  /// Says what happens to pushes to tokens that [#when] does not name.
  public final void otherwise(PushBehaviour behaviour) {
    provider().script.otherwise(behaviour);
  }

  /// The pushes taken, oldest first.
  public final List<ReceivedPush> pushes() {
    return provider().pushes.all();
  }

  /// How many pushes were ever taken.
  public final long count() {
    return provider().pushes.count();
  }

  /// Calls `listener` for each push, before its sender has the answer.
  public final void onPush(Consumer<ReceivedPush> listener) {
    provider().pushes.onAdd(listener);
  }

  /// From now on the connections of this moment are not read from, and so nothing is answered on
  /// them; new ones are served.
  public final void hangConnections() {
    provider().server().hang();
  }

  /// Drops the connections of this moment, with all that was not read from them.
  public final void dropConnections() {
    provider().server().drop();
  }

  @Override
  public final void close() {
    provider().close();
  }
}
