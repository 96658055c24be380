/// E-mail over SMTP: a digest becomes a MIME message, goes out over a held connection, and the
/// server's answer becomes an [dev.whileaway.worker.deliver.Outcome].
@NullMarked
package dev.whileaway.worker.deliver.mail;

import org.jspecify.annotations.NullMarked;
