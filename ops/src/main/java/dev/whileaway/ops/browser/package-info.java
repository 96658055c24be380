/// A headless Chromium, where the machine has one: takes pictures of mails and pushes, and measures
/// them. Nothing that Whileaway does for users needs it.
@NullMarked
package dev.whileaway.ops.browser;

import org.jspecify.annotations.NullMarked;
