package dev.whileaway.ops.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whileaway.ops.StandardTemplates;
import dev.whileaway.templates.FolderWatch;
import dev.whileaway.templates.LiveTemplates;
import dev.whileaway.templates.Pages.Page;
import dev.whileaway.templates.Templates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplatesReloadTest {

  @TempDir private Path folder;
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private StandardTemplates standard;
  private Templates templates;
  private TemplatesReload reload;

  @BeforeEach
  void start() throws Exception {
    standard = StandardTemplates.copyTo(folder);
    var watch = new FolderWatch(folder);
    LiveTemplates live = LiveTemplates.of(() -> Templates.load(folder, Optional.empty()));
    templates = live.templates();
    reload = new TemplatesReload(watch, live, metrics);
  }

  @AfterEach
  void close() {
    reload.close();
  }

  @Test
  void editedText_isInUse_afterItHasSettled() throws IOException {
    standard.edit("Nothing to do", "All is well");
    reload.look();
    assertThat(page()).contains("Nothing to do");
    reload.look();
    assertThat(page()).contains("All is well");
    assertThat(reloads("loaded")).isEqualTo(1);
    assertThat(broken()).isZero();
  }

  @Test
  void brokenEdit_keepsTheLastGoodVersion_isToldOnce_andMended() throws IOException {
    standard.edit("Nothing to do", "{nothing} to do");
    for (int i = 0; i < 5; i++) {
      reload.look();
    }
    assertThat(page()).contains("Nothing to do");
    assertThat(reloads("refused")).isEqualTo(1);
    assertThat(broken()).isEqualTo(1);

    standard.edit("{nothing} to do", "All is well");
    reload.look();
    reload.look();
    assertThat(page()).contains("All is well");
    assertThat(broken()).isZero();
  }

  @Test
  void changedWindow_isCountedAsWaiting_untilItIsUndone() throws IOException {
    Path catalogue = folder.resolve("catalogue.yaml");
    String before = Files.readString(catalogue);
    Files.writeString(catalogue, before.replaceFirst("window: 30m", "window: 45m"));
    standard.edit("Nothing to do", "All is well");
    reload.look();
    reload.look();
    assertThat(page()).contains("All is well");
    assertThat(broken()).isZero();
    assertThat(waiting()).isEqualTo(1);

    Files.writeString(catalogue, before);
    reload.look();
    reload.look();
    assertThat(waiting()).isZero();
  }

  // TRAPS 16: a schedule would end with an exception, and nobody would notice.
  @Test
  void folderThatGoes_isSurvived() throws IOException {
    Path catalogue = folder.resolve("catalogue.yaml");
    Files.move(catalogue, folder.resolve("kept.yaml"));
    reload.look();
    reload.look();
    assertThat(broken()).isEqualTo(1);
    Files.move(folder.resolve("kept.yaml"), catalogue);
    reload.look();
    reload.look();
    assertThat(broken()).isZero();
  }

  @Test
  void macroThatCallsItself_isRefused_andTheNextLookComes() throws IOException {
    Path layout = folder.resolve("layouts/grouped.txt");
    String good = Files.readString(layout);
    Files.writeString(layout, "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}" + good);
    reload.look();
    reload.look();
    assertThat(broken()).isEqualTo(1);
    Files.writeString(layout, good);
    reload.look();
    reload.look();
    assertThat(broken()).isZero();
  }

  private String page() {
    return templates.pages().html(Page.GONE, Locale.ENGLISH, "");
  }

  private double reloads(String result) {
    return metrics.get("whileaway.templates.reloads").tag("result", result).counter().count();
  }

  private double waiting() {
    return metrics.get("whileaway.templates.waiting").gauge().value();
  }

  private double broken() {
    return metrics.get("whileaway.templates.broken").gauge().value();
  }
}
