/// The catalogue of event types, the texts and layouts, and the renderer that turns a digest into a
/// push or an e-mail.
@NullMarked
package dev.whileaway.templates;

import org.jspecify.annotations.NullMarked;
