package dev.whileaway.testkit.push;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// A fake push provider on 127.0.0.1, whatever it speaks. It takes every push that keeps its rules,
/// unless it was told otherwise.
public interface FakePushes extends AutoCloseable {

  int port();

  /// Says what happens to the next pushes to a token.
  void when(String token, PushBehaviour behaviour);

  /// Says what happens to pushes to tokens that [#when] does not name.
  void otherwise(PushBehaviour behaviour);

  /// The pushes taken, oldest first.
  List<ReceivedPush> pushes();

  /// How many pushes were ever taken.
  long count();

  /// Calls `listener` for each push, before its sender has the answer.
  void onPush(Consumer<ReceivedPush> listener);

  /// What `whileaway.yaml` says under `delivery` to send to it.
  ///
  /// @param folder takes the key files that are needed for that
  String settings(Path folder) throws IOException;

  @Override
  void close();
}
