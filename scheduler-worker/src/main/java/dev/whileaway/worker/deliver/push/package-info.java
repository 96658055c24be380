/// Push over the providers' own protocols: FCM HTTP v1, APNs and Push Kit.
///
/// Nothing here sends twice. What surely never left, or was surely not looked at, is
/// [dev.whileaway.worker.deliver.Outcome.RetryAfter]; what may still be read by the provider is
/// [dev.whileaway.worker.deliver.Outcome.Unknown].
@NullMarked
package dev.whileaway.worker.deliver.push;

import org.jspecify.annotations.NullMarked;
