/// The pages behind the links of mails, for people without a key: the link itself is the proof.
/// They work without JavaScript and cookies, and are a client of the API like any other.
@NullMarked
package dev.whileaway.aggregator.edge.pages;

import org.jspecify.annotations.NullMarked;
