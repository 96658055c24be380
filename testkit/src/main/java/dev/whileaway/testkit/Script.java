package dev.whileaway.testkit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Says what happens to a send, by its address or token. Safe for use by many threads.
///
/// @param <B> the behaviours of a fake
public final class Script<B> {

  private final Map<String, B> byTarget = new ConcurrentHashMap<>();
  private volatile B otherwise;

  public Script(B otherwise) {
    this.otherwise = otherwise;
  }

  public void when(String target, B behaviour) {
    byTarget.put(target, behaviour);
  }

  public void otherwise(B behaviour) {
    otherwise = behaviour;
  }

  public B of(String target) {
    return byTarget.getOrDefault(target, otherwise);
  }
}
