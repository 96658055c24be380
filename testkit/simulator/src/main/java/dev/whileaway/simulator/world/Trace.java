package dev.whileaway.simulator.world;

import java.util.function.Supplier;

/// Takes what happens in words, one line each. Most runs take none: a seed that fails is played
/// again to hear its story.
public interface Trace {

  Trace NONE = _ -> {};

  void line(Supplier<String> words);
}
