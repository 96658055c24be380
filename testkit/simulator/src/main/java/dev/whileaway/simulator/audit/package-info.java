/// An account of a run that shares nothing with the code under test: what clients were told, what
/// the log holds, what providers took; and the rules that it must keep after every step.
@NullMarked
package dev.whileaway.simulator.audit;

import org.jspecify.annotations.NullMarked;
