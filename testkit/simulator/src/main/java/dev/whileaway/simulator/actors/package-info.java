/// Who acts in a simulation: clients that report and clear, workers that run the real pipeline and
/// die in it, providers that take or refuse, and trouble.
@NullMarked
package dev.whileaway.simulator.actors;

import org.jspecify.annotations.NullMarked;
