/// A headless Chromium, where the machine has one, told what to do over its DevTools protocol, for
/// previews and tests: it takes pictures, measures pages, and uses them as a reader does. Nothing
/// that Whileaway does for users needs it.
@NullMarked
package dev.whileaway.testkit.browser;

import org.jspecify.annotations.NullMarked;
