/// A small HTTP server for fakes. What an answer is stands in a value ([Answer]); how it gets there
/// is each protocol's door: HTTP/2 with TLS or without, and HTTP/1.1.
///
/// The way of an ordinary request is kept short, since fakes share a machine with what is measured
/// against them: one thread, one copy of the body, one flush for all that came in together.
@NullMarked
package dev.whileaway.testkit.http;

import org.jspecify.annotations.NullMarked;
