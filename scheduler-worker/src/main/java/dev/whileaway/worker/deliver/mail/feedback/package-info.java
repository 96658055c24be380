/// What comes back: bounces (RFC 3464) and complaints (RFC 5965) arrive by SMTP, and what they say
/// of an address goes to the suppression list.
///
/// Only addresses that we sealed count ([dev.whileaway.worker.deliver.mail.BounceAddresses]), so
/// nobody can end another's mails by a forged bounce; saying it twice is saying it once; and
/// nothing is ever answered, so there is no loop.
@NullMarked
package dev.whileaway.worker.deliver.mail.feedback;

import org.jspecify.annotations.NullMarked;
