/// What actors act upon: shards that crash and change leaders, calls that get lost, providers that
/// refuse. It tells the auditor what happens.
@NullMarked
package dev.whileaway.simulator.world;

import org.jspecify.annotations.NullMarked;
