/// Push over the providers' own protocols: FCM HTTP v1 and APNs.
///
/// Nothing here sends twice. A failure before the request was written is
/// [dev.whileaway.worker.deliver.Outcome.RetryAfter], one after it is
/// [dev.whileaway.worker.deliver.Outcome.Unknown].
@NullMarked
package dev.whileaway.worker.deliver.push;

import org.jspecify.annotations.NullMarked;
