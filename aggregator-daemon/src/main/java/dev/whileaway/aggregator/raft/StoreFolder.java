package dev.whileaway.aggregator.raft;

import dev.whileaway.aggregator.log.ShardLog.NodeId;
import dev.whileaway.aggregator.log.ShardLog.ShardId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The store's folder, locked for this process. The package's documentation draws what lies in it.
///
/// A store whose creation was cut short has the marker but no version file: it acknowledged
/// nothing, so it is emptied and created anew.
final class StoreFolder implements AutoCloseable {

  private static final String VERSION_FILE = "store.properties";
  private static final String CREATING = "creating";

  private final Path folder;
  private final FolderLock lock;
  private final StoreVersion version;
  private final boolean fresh;

  private StoreFolder(Path folder, FolderLock lock, StoreVersion version, boolean fresh) {
    this.folder = folder;
    this.lock = lock;
    this.version = version;
    this.fresh = fresh;
  }

  /// Locks the folder and looks what it is; `wanted` is what it must be, or becomes if it is empty.
  static StoreFolder open(Path folder, StoreVersion wanted) throws StoreRefusedException {
    try {
      Files.createDirectories(folder);
      refuseForeign(folder);
      FolderLock lock = FolderLock.take(folder);
      try {
        return openLocked(folder, lock, wanted);
      } catch (IOException | StoreRefusedException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StoreRefusedException(
          "%s: expected a folder that this process may read and write, but found %s; correct the path or its permissions"
              .formatted(folder, e));
    }
  }

  private static StoreFolder openLocked(Path folder, FolderLock lock, StoreVersion wanted)
      throws IOException, StoreRefusedException {
    Path file = folder.resolve(VERSION_FILE);
    if (Files.exists(file)) {
      StoreVersion found = checked(folder, Files.readString(file), wanted);
      return new StoreFolder(folder, lock, found, false);
    }
    for (String part : List.of("raft", "raft-removed", "shards")) {
      delete(folder.resolve(part));
    }
    Files.writeString(folder.resolve(CREATING), "");
    return new StoreFolder(folder, lock, wanted, true);
  }

  private static void refuseForeign(Path folder) throws IOException, StoreRefusedException {
    if (Files.exists(folder.resolve(VERSION_FILE)) || Files.exists(folder.resolve(CREATING))) {
      return;
    }
    try (Stream<Path> content = Files.list(folder)) {
      List<String> found =
          content
              .map(path -> path.getFileName().toString())
              .filter(name -> !name.equals(FolderLock.FILE))
              .sorted()
              .limit(3)
              .toList();
      if (!found.isEmpty()) {
        throw new StoreRefusedException(
            "%s: expected a Whileaway store or an empty folder, but found neither (it holds %s); choose another folder"
                .formatted(folder, String.join(", ", found)));
      }
    }
  }

  private static StoreVersion checked(Path folder, String text, StoreVersion wanted)
      throws StoreRefusedException {
    StoreVersion found =
        StoreVersion.parse(text)
            .filter(version -> version.format() >= 1)
            .orElseThrow(() ->
                new StoreRefusedException(
                    "%s: expected format, shards, node and created in %s, but found something else; restore the file, or the whole store, from a copy"
                        .formatted(folder, VERSION_FILE)));
    if (found.format() > StoreVersion.FORMAT) {
      throw new StoreRefusedException(
          "%s: expected a store of format %d or older, but found format %d; run the newer version that wrote it"
              .formatted(folder, StoreVersion.FORMAT, found.format()));
    }
    if (found.shards() != wanted.shards()) {
      throw new StoreRefusedException(
          "%s: expected %d shards as configured, but found a store of %d, and that never changes; set shards to %d"
              .formatted(folder, wanted.shards(), found.shards(), found.shards()));
    }
    if (!found.node().equals(wanted.node())) {
      throw new StoreRefusedException(
          "%s: expected the store of node %s as configured, but found that of node %s; set node to %s"
              .formatted(folder, wanted.node(), found.node(), found.node()));
    }
    return found;
  }

  /// Whether nothing was ever stored here.
  boolean fresh() {
    return fresh;
  }

  /// Says that the store is complete: from now on it is opened, never emptied.
  void created() throws IOException {
    Path written = folder.resolve(VERSION_FILE + ".new");
    try (var out =
        FileChannel.open(
            written,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      out.write(java.nio.charset.StandardCharsets.UTF_8.encode(version.text()));
      out.force(true);
    }
    Files.move(written, folder.resolve(VERSION_FILE), StandardCopyOption.ATOMIC_MOVE);
    force(folder);
    Files.deleteIfExists(folder.resolve(CREATING));
  }

  /// Without it a new name in the folder might not survive a power loss.
  static void force(Path folder) throws IOException {
    try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  Path path() {
    return folder;
  }

  Path raft() {
    return folder.resolve("raft");
  }

  /// Where a shard's raft log lies.
  Path log(ShardId shard) {
    String group = ShardGroups.groupOf(shard).getUuid().toString();
    return raft().resolve(group).resolve("current");
  }

  /// For a store of which a shard's log is gone, or cannot be told for one.
  StoreRefusedException lost(ShardId shard) {
    return new StoreRefusedException(
        "%s: expected the raft log of %s in %s, but found none or a broken one; restore the folder from a backup"
            .formatted(folder, shard, log(shard)));
  }

  NodeId node() {
    return new NodeId(version.node());
  }

  Path removedGroups() {
    return folder.resolve("raft-removed");
  }

  Path shard(ShardId shard) {
    return folder.resolve("shards").resolve("%04d".formatted(shard.value()));
  }

  @Override
  public void close() {
    lock.close();
  }

  private static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
