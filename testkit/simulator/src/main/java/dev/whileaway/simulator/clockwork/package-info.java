/// Virtual time, and courses of action that wait in it: one runs at a time, in an order that the
/// seed draws, so that all of it is one logical thread and the same seed is the same run.
@NullMarked
package dev.whileaway.simulator.clockwork;

import org.jspecify.annotations.NullMarked;
