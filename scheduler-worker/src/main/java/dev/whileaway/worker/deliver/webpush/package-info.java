/// Web Push: the push of browsers (RFC 8030), encrypted for the one browser that may read it (RFC
/// 8291 on RFC 8188) and signed so that its push service knows us (VAPID, RFC 8292).
///
/// A device's token is its subscription, as the browser gives it: JSON with `endpoint` and
/// `keys.p256dh` and `keys.auth`.
@NullMarked
package dev.whileaway.worker.deliver.webpush;

import org.jspecify.annotations.NullMarked;
