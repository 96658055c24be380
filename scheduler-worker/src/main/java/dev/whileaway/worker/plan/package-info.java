/// What to do with a due backlog: one pure function of everything that matters.
@NullMarked
package dev.whileaway.worker.plan;

import org.jspecify.annotations.NullMarked;
