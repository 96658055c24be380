/// The scheduler worker: pull due backlogs, decide, render, deliver, settle.
@NullMarked
package dev.whileaway.worker;

import org.jspecify.annotations.NullMarked;
