/// The channel of those who have no provider yet: pushes and mails become files to look at.
@NullMarked
package dev.whileaway.worker.deliver.file;

import org.jspecify.annotations.NullMarked;
