/// Who calls, and what they may do: API keys by role.
@NullMarked
package dev.whileaway.aggregator.edge.auth;

import org.jspecify.annotations.NullMarked;
