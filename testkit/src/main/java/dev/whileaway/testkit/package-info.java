/// What tests and the demo share: [clocks][dev.whileaway.testkit.clock] that need no waiting, and
/// fakes of the outside world ([mail][dev.whileaway.testkit.smtp],
/// [push][dev.whileaway.testkit.push]).
///
/// A fake speaks the real protocol over a socket on 127.0.0.1, remembers every send, and misbehaves
/// on demand: a script says for an address or a token what happens to sends there.
@NullMarked
package dev.whileaway.testkit;

import org.jspecify.annotations.NullMarked;
