/// What our mails carry out and others bring back: links of users and addresses of bounces, made so
/// that only we can have made them.
///
/// It stands in this room because both ends need it and may not see each other: the worker writes
/// the tokens into mails, the daemon's pages read them.
@NullMarked
package dev.whileaway.templates.token;

import org.jspecify.annotations.NullMarked;
