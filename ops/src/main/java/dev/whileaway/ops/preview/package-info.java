/// What `./whileaway preview` shows: digests as JSON, HTML and text, and as pictures where there is
/// a browser.
@NullMarked
package dev.whileaway.ops.preview;

import org.jspecify.annotations.NullMarked;
