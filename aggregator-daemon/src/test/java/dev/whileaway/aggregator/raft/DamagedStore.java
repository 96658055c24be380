package dev.whileaway.aggregator.raft;

import static dev.whileaway.aggregator.raft.TestStore.FIRST;

import dev.whileaway.aggregator.DaemonSettings.Log;
import dev.whileaway.aggregator.shard.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A small store of one shard, made once, of which damaged copies are opened.
final class DamagedStore {

  static final int USERS = 12;

  private final Path sound;
  private final Path copy;

  private DamagedStore(Path sound, Path copy) {
    this.sound = sound;
    this.copy = copy;
  }

  /// @param snapshot whether half of it lies in a snapshot; otherwise all is in the log
  static DamagedStore in(Log log, Path temp, boolean snapshot) throws Exception {
    Path sound = temp.resolve("sound");
    var store = TestStore.open(log, sound, 1, TestStore.SELDOM);
    for (int i = 0; i < USERS; i++) {
      if (snapshot && i == USERS / 2) {
        store.snapshot(FIRST);
      }
      store.ask(FIRST, TestStore.report("user-" + i, "e" + i));
      store.ask(FIRST, TestStore.profile("user-" + i, "Name " + i));
    }
    store.crash();
    return new DamagedStore(sound, temp.resolve("copy"));
  }

  /// A fresh copy, in place of the one before.
  Path copy() throws IOException {
    delete(copy);
    try (Stream<Path> files = Files.walk(sound)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(sound.relativize(file).toString()));
      }
    }
    return copy;
  }

  /// The only file of the copy whose name matches.
  Path file(String name) throws IOException {
    return file(copy, name);
  }

  private static Path file(Path folder, String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> found = files.filter(file -> file.getFileName().toString().matches(name)).toList();
      if (found.size() != 1) {
        throw new AssertionError("expected one " + name + ", but found " + found);
      }
      return found.getFirst();
    }
  }

  byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(file(sound, name));
  }

  /// Everything in an open store, one line a user.
  static List<String> content(TestStore store) throws Exception {
    var lines = new ArrayList<String>();
    for (int i = 0; i < USERS; i++) {
      var user = new UserId("user-" + i);
      lines.add(
          store
              .node()
              .read(FIRST, view -> view.backlog(user) + " " + view.profile(user))
              .toCompletableFuture()
              .get());
    }
    return lines;
  }

  /// Where the entries of a file of the log begin.
  static List<Integer> entries(Path log) throws IOException {
    var entries = new ArrayList<Integer>();
    var _ = LogSegmentFile.read(log, 0, (at, _) -> entries.add(at));
    return entries;
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
