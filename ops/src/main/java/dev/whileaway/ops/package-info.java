/// What a person touches: the commands of `./whileaway`, all roles in one process, and the demo.
///
/// This is the one module that reads configuration files, the environment and the system's clock;
/// it hands settings and clocks on to the others.
@NullMarked
package dev.whileaway.ops;

import org.jspecify.annotations.NullMarked;
