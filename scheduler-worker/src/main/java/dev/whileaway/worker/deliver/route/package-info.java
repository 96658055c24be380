/// The ways to the providers: one [dev.whileaway.worker.deliver.route.Route] for each app of a push
/// platform, and one for each receiving domain of e-mails.
///
/// A route has a bounded queue, a number of sends in flight that grows while sends wait and shrinks
/// when the provider is strained, a pace, a few retries, and a ban for a provider that fails. All
/// of that is decided by pure values (`RouteState` and its parts): a moment and what happened go
/// in, the next state comes out. `Route` is the thin shell with the lock and the waiting.
///
/// A place is taken before begin-send, so that after GO nothing is waited for but the provider.
@NullMarked
package dev.whileaway.worker.deliver.route;

import org.jspecify.annotations.NullMarked;
