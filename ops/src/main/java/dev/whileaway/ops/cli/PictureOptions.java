package dev.whileaway.ops.cli;

import dev.whileaway.benchmarks.process.WorkFolder;
import dev.whileaway.ops.preview.Pictures;
import dev.whileaway.testkit.browser.Browser;
import dev.whileaway.testkit.browser.Screen;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What pictures a command takes, and the browser that takes them.
final class PictureOptions {

  private static final int WIDTH_MIN = 200;
  private static final int WIDTH_MAX = 2_000;

  enum Scheme {
    LIGHT,
    DARK
  }

  @Option(
      names = "--width",
      paramLabel = "PIXELS",
      split = ",",
      defaultValue = "600",
      description =
          "How wide pictures of mails are, such as 320,600; ${DEFAULT-VALUE} unless given.")
  private List<Integer> widths = List.of();

  @Option(
      names = "--scheme",
      split = ",",
      defaultValue = "LIGHT",
      description = "Pictures of each of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless given.")
  private List<Scheme> schemes = List.of();

  List<Screen> screens() throws CommandFailure {
    var screens = new ArrayList<Screen>();
    for (int width : widths) {
      if (width < WIDTH_MIN || width > WIDTH_MAX) {
        throw CommandFailure.badInput(
            "--width: expected %d to %d pixels, but found %d"
                .formatted(WIDTH_MIN, WIDTH_MAX, width));
      }
      schemes.forEach(scheme -> screens.add(new Screen(width, scheme == Scheme.DARK)));
    }
    return screens;
  }

  /// None where the machine has no browser, and that is said.
  ///
  /// @param work for what browsers keep
  Pictures pictures(WorkFolder work, PrintWriter out) {
    Optional<Path> program = Browser.find(System.getenv());
    if (program.isEmpty()) {
      out.printf(
          "no pictures: expected Chromium or Chrome on the PATH or in %s, but found none%n",
          Browser.VARIABLE);
      return Pictures.none();
    }
    return Pictures.by(() -> Browser.start(program.get(), work.next("browser")));
  }
}
