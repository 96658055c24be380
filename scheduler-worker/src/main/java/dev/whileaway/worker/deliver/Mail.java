package dev.whileaway.worker.deliver;

import dev.whileaway.templates.MailText;

/// An e-mail to one address.
///
/// @param digestId names the digest; the Message-ID is made of it, so a repeat carries the same
/// @param toName may be empty
public record Mail(String digestId, String toAddress, String toName, MailText text) {}
