package dev.whileaway.aggregator.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreFolderTest {

  @TempDir Path temp;
  Path data;

  @BeforeEach
  void choose() {
    data = temp.resolve("data");
  }

  @Test
  void open_emptyFolder_isFreshUntilCreated() throws Exception {
    try (var folder = StoreFolder.open(data, version(8))) {
      assertThat(folder.fresh()).isTrue();
      folder.created();
    }
    try (var folder = StoreFolder.open(data, version(8))) {
      assertThat(folder.fresh()).isFalse();
    }
    assertThat(data.resolve("creating")).doesNotExist();
  }

  @Test
  void open_halfCreatedStore_isEmptiedAndFresh() throws Exception {
    try (var folder = StoreFolder.open(data, version(8))) {
      Files.createDirectories(folder.raft().resolve("some-group"));
    }
    try (var folder = StoreFolder.open(data, version(8))) {
      assertThat(folder.fresh()).isTrue();
      assertThat(folder.raft()).doesNotExist();
    }
  }

  @Test
  void open_folderInUse_isRefusedWithTheProcess() throws Exception {
    try (var _ = StoreFolder.open(data, version(8))) {
      assertRefused(version(8))
          .hasMessageStartingWith(
              data
                  + ": expected a folder that nothing else uses, but found it in use by process "
                  + ProcessHandle.current().pid());
    }
  }

  @Test
  void open_newerFormat_isRefused() throws Exception {
    write("format=2\nshards=8\nnode=a\ncreated=1970-01-01T00:00:00Z\n");

    assertRefused(version(8))
        .hasMessage(
            data
                + ": expected a store of format 1 or older, but found format 2; run the newer version that wrote it");
  }

  @Test
  void open_otherNumberOfShards_isRefusedWithWhatToSet() throws Exception {
    create(8);

    assertRefused(version(16))
        .hasMessage(
            data
                + ": expected 16 shards as configured, but found a store of 8, and that never changes; set shards to 8");
  }

  @Test
  void open_storeOfAnotherNode_isRefusedWithWhatToSet() throws Exception {
    create(8);

    assertRefused(new StoreVersion(StoreVersion.FORMAT, 8, "b", Instant.EPOCH))
        .hasMessageEndingWith(
            "expected the store of node b as configured, but found that of node a; set node to a");
  }

  @Test
  void open_foreignFolder_isRefusedUntouched() throws Exception {
    Files.createDirectories(data);
    Files.writeString(data.resolve("thesis.txt"), "my only copy");

    assertRefused(version(8))
        .hasMessage(
            data
                + ": expected a Whileaway store or an empty folder, but found neither (it holds thesis.txt); choose another folder");
    try (var content = Files.list(data)) {
      assertThat(content).containsExactly(data.resolve("thesis.txt"));
    }
  }

  @Test
  void open_unreadableVersion_isRefused() throws Exception {
    write("what is this?");

    assertRefused(version(8)).hasMessageContaining("expected format, shards, node and created");
  }

  @Test
  void open_fileInsteadOfFolder_isRefused() throws Exception {
    Files.writeString(data, "a file");

    assertRefused(version(8))
        .hasMessageContaining(data.toString())
        .hasMessageContaining("expected a folder that this process may read and write");
  }

  @Test
  void open_afterRefusal_leavesNoLock() throws Exception {
    create(8);
    assertRefused(version(16));

    StoreFolder.open(data, version(8)).close();
  }

  // No version ever wrote it: a flipped bit did.
  @Test
  void open_formatZero_isRefused() throws Exception {
    write("format=0\nshards=8\nnode=a\ncreated=1970-01-01T00:00:00Z\n");

    assertRefused(version(8)).hasMessageContaining("expected format, shards, node and created");
  }

  private static StoreVersion version(int shards) {
    return new StoreVersion(StoreVersion.FORMAT, shards, "a", Instant.EPOCH);
  }

  private void create(int shards) throws Exception {
    try (var folder = StoreFolder.open(data, version(shards))) {
      folder.created();
    }
  }

  private void write(String text) throws Exception {
    Files.createDirectories(data);
    Files.writeString(data.resolve("store.properties"), text);
  }

  private org.assertj.core.api.AbstractThrowableAssert<?, ?> assertRefused(StoreVersion wanted) {
    return assertThatThrownBy(() -> StoreFolder.open(data, wanted).close())
        .isInstanceOf(StoreRefusedException.class);
  }
}
