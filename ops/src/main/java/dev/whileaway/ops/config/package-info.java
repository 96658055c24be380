/// What an operator may set, and how it becomes the settings records of the other modules.
///
/// [Configuration] names every key with its default and is the one place that does;
/// [ConfigurationLoader] reads the file, the environment and the command line into it, and refuses
/// what it does not know; [Settings] is what the program then runs with.
@NullMarked
package dev.whileaway.ops.config;

import org.jspecify.annotations.NullMarked;
