/// Benchmarks that need the whole program: fakes of providers and `serve`, each in a process of its
/// own. What needs the contracts only is in `dev.whileaway.benchmarks`.
@NullMarked
package dev.whileaway.ops.bench;

import org.jspecify.annotations.NullMarked;
