/// Takes back delivered pushes whose users have seen elsewhere what they tell: once, without
/// waiting for anybody, and without an answer to the shard (ADR 8).
@NullMarked
package dev.whileaway.worker.retract;

import org.jspecify.annotations.NullMarked;
