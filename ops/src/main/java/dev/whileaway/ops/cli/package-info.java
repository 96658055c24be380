/// The commands of `./whileaway`.
///
/// A command reads its flags, asks a running `serve` over gRPC or runs something itself, and prints
/// an answer for people, or with `--json` one for programs. What goes wrong is a
/// [CommandFailure][dev.whileaway.ops.cli.CommandFailure]: one line on stderr and an exit code.
@NullMarked
package dev.whileaway.ops.cli;

import org.jspecify.annotations.NullMarked;
