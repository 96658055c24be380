/// The crash suite: a real `serve` is killed at moments of chance, again and again over one store;
/// in the end three memories must agree.
///
/// ```
///   Reporters, Visitors ──gRPC──▶ serve (a child process, killed) ──SMTP, HTTP/2──▶ Outside
///        │ what was acknowledged        │ the ledgers, read                           │ every send,
///        │                              ▼ from the stopped store                      │ remembered
///        └────────────────────────▶   Audit   ◀────────────────────────────────────────┘
/// ```
///
/// [CrashSuite] runs the lives, [Server] is one life, [Ledgers] reads the store afterwards, [Audit]
/// compares and is pure. What the suite proves, and how to read what it finds, is in
/// docs/CRASHES.md.
@NullMarked
package dev.whileaway.ops.crash;

import org.jspecify.annotations.NullMarked;
