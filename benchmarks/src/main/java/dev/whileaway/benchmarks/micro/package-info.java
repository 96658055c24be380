/// The hot parts of the program one by one, in this process, under JMH: what each costs when
/// nothing waits for a network or a disk.
///
/// The only room of this module that sees more of the program than its contract. JMH generates a
/// package beside it.
@NullMarked
package dev.whileaway.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
