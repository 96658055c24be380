/// What is measured, and on whom: the workload, and what every contender can do.
///
/// One workload is run against Whileaway, as a process of its own, and against what a user would
/// pick instead, on one machine in one run. Every answer that is counted means that the change is
/// fsynced. Rooms:
///
/// - here: workload W as values, and the contract of a contender;
/// - `process`: a child process, what it uses of processor and memory, the temporary folder;
/// - `whileaway`, `peer`: the contenders;
/// - `load`: a closed loop of so many requests in flight, and what is read off it;
/// - `phase`: what is done to a contender and what comes out;
/// - `report`: rounds of all phases, interleaved, as a table and as JSON;
/// - `scale`: the same at several sizes, also as a plot;
/// - `micro`: the hot parts by themselves, under JMH.
///
/// But for `micro`, nothing here sees more of the daemon than its contract.
@NullMarked
package dev.whileaway.benchmarks;

import org.jspecify.annotations.NullMarked;
