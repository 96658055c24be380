package dev.whileaway.presence;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A presence file. Its name tells what its header does not show: how many users it was made for.
///
/// @param users the declared users; it holds several times of them
/// @param generation each new file of a folder has the next one, so that a name is never used
///   twice: a file that was given up may still be open, and the library goes by names
record MapFile(Path folder, long users, int generation) {

  /// The layout of [LastSeen]. Files of another layout are not seen.
  static final String LAYOUT = "v1";

  private static final Pattern NAME = Pattern.compile(LAYOUT + "-(\\d{1,18})-g(\\d{1,9})\\.map");

  /// The presence file of that name; empty: not the name of one.
  static Optional<MapFile> named(Path folder, String name) {
    Matcher parts = NAME.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new MapFile(folder, Long.parseLong(parts.group(1)), Integer.parseInt(parts.group(2))));
  }

  String name() {
    return "%s-%d-g%d.map".formatted(LAYOUT, users, generation);
  }

  Path path() {
    return folder.resolve(name());
  }

  /// Where it is made; it gets its name once it is whole.
  Path unfinishedPath() {
    return folder.resolve(name() + PresenceFolder.UNFINISHED);
  }
}
