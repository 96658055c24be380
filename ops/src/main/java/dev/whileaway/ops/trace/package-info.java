/// Traces: what the users of a real community did, line by line. The demo and the replay play them.
@NullMarked
package dev.whileaway.ops.trace;

import org.jspecify.annotations.NullMarked;
