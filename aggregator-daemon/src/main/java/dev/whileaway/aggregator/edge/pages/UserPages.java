package dev.whileaway.aggregator.edge.pages;

import dev.whileaway.templates.Pages;
import dev.whileaway.templates.token.UserLinks;

/// What the pages are made of.
///
/// @param links read the tokens of addresses
public record UserPages(UserLinks links, Pages pages) {}
