/// DKIM signatures (RFC 6376, RFC 8463): by them a mailbox knows that a mail is from whom it says,
/// and was not changed on its way.
///
/// A signer of our own, since the libraries' keep their digests in fields: shared by threads they
/// make wrong signatures without a word. Knows nothing of the mail library: lines and bytes come
/// in, header values go out.
@NullMarked
package dev.whileaway.worker.deliver.mail.dkim;

import org.jspecify.annotations.NullMarked;
