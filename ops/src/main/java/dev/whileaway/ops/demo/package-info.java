/// The demo: two days of a real community in a minute.
///
/// ```
///   Excerpt ── Player ──gRPC──▶ serve (a child process, fast-forward) ──SMTP, HTTP/2──▶ Providers
///                                  │ /metrics                                              │
///                                  └──────────▶ Tally ◀── counts ──────────────────────────┤
///                                                                              Album ◀──────┘
/// ```
///
/// What it shows is counted by the server and the providers, never by the demo's own plan.
@NullMarked
package dev.whileaway.ops.demo;

import org.jspecify.annotations.NullMarked;
