package dev.whileaway.presence;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A process that says whether it could take a folder.
final class LockProbe {

  private LockProbe() {}

  public static void main(String[] args) throws Exception {
    try (var channel = FileChannel.open(Path.of(args[0], "lock"), StandardOpenOption.WRITE)) {
      System.out.println(channel.tryLock() == null ? "taken" : "free");
    }
  }
}
