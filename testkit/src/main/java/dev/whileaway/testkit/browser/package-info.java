/// A real browser for tests, without a library: headless Chromium, told what to do over its
/// DevTools protocol.
@NullMarked
package dev.whileaway.testkit.browser;

import org.jspecify.annotations.NullMarked;
