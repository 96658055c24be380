/// The channels: a push or an e-mail goes out, and an [dev.whileaway.worker.deliver.Outcome] comes
/// back. Nothing here decides whether to send.
@NullMarked
package dev.whileaway.worker.deliver;

import org.jspecify.annotations.NullMarked;
