package dev.whileaway.presence;

import java.io.IOException;
import java.nio.file.Path;

/// A presence folder is used by another process, or by another store of this one.
public final class FolderInUseException extends IOException {

  private static final long serialVersionUID = 1L;

  FolderInUseException(Path folder) {
    super(
        "expected presence folder %s to be free, but found it in use by another process; stop that process, or choose another data folder"
            .formatted(folder));
  }
}
