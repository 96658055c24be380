package dev.whileaway.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderWatchTest {

  @TempDir Path temp;
  private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    folder = Files.createDirectories(temp.resolve("templates/texts")).getParent();
    file = folder.resolve("texts/en.yaml");
    Files.writeString(file, "one");
  }

  @Test
  void hasChanged_nothingDone_isFalse() {
    var watch = new FolderWatch(folder);
    assertThat(watch.hasChanged()).isFalse();
    assertThat(watch.hasChanged()).isFalse();
  }

  @Test
  void hasChanged_savedFile_isToldOnce_whenItHasSettled() throws IOException {
    var watch = new FolderWatch(folder);
    Files.writeString(file, "tw");
    assertThat(watch.hasChanged()).as("first look").isFalse();
    Files.writeString(file, "two");
    assertThat(watch.hasChanged()).as("still being written").isFalse();
    assertThat(watch.hasChanged()).as("settled").isTrue();
    assertThat(watch.hasChanged()).as("told").isFalse();
  }

  @Test
  void hasChanged_sameLengthAndTime_isSeenAllTheSame() throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    var watch = new FolderWatch(folder);
    Files.writeString(file, "two");
    Files.setLastModifiedTime(file, time);
    expectChange(watch);
  }

  @Test
  void hasChanged_linkThatLeadsElsewhere_isSeen() throws IOException {
    Path other = Files.createDirectories(temp.resolve("other"));
    Files.writeString(other.resolve("en.yaml"), "two");
    Path link = Files.createSymbolicLink(temp.resolve("current"), folder.resolve("texts"));
    var watch = new FolderWatch(link);
    Files.delete(link);
    Files.createSymbolicLink(link, other);
    expectChange(watch);
  }

  @Test
  void hasChanged_renamedFile_isSeen_hiddenOnesAreNot() throws IOException {
    var watch = new FolderWatch(folder);
    Files.writeString(folder.resolve("texts/.en.yaml.swp"), "what an editor keeps");
    assertThat(watch.hasChanged() || watch.hasChanged()).isFalse();
    Files.move(file, folder.resolve("texts/de.yaml"));
    expectChange(watch);
  }

  @Test
  void hasChanged_folderThatGoesAndComesBack_isToldBothTimes() throws IOException {
    var watch = new FolderWatch(folder);
    Path away = temp.resolve("away");
    Files.move(folder, away);
    expectChange(watch);
    Files.move(away, folder);
    expectChange(watch);
  }

  private static void expectChange(FolderWatch watch) {
    assertThat(watch.hasChanged()).isFalse();
    assertThat(watch.hasChanged()).isTrue();
    assertThat(watch.hasChanged()).isFalse();
  }
}
