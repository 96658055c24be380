/// What a user would pick instead of Whileaway, each as a good engineer would set it up, and how
/// the servers are had from Debian's packages.
@NullMarked
package dev.whileaway.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
