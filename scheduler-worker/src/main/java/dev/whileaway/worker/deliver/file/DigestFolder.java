package dev.whileaway.worker.deliver.file;

import dev.whileaway.worker.deliver.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// A folder of digests, sorted by time by their names: `2026-01-31T10-15-00Z-anna-7-push.json`.
///
/// A file appears whole or not at all. The same digest written again replaces its file; for that,
/// the folder remembers the names of the newest 10,000. Safe for use by many threads.
public final class DigestFolder {

  private static final int REMEMBERED_MAX = 10_000;
  private static final int NAME_CHARACTERS_MAX = 80;
  private static final String PARTIAL = ".part";
  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss'Z'-").withZone(ZoneOffset.UTC);
  private static final int TIME_CHARACTERS = "2026-01-31T10-15-00Z-".length();

  private final Path folder;
  private final InstantSource clock;
  private final Map<String, String> nameByDigest =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > REMEMBERED_MAX;
        }
      };

  /// @throws IOException if the folder cannot be made or read; the message names it
  public DigestFolder(Path folder, InstantSource clock) throws IOException {
    this.folder = folder;
    this.clock = clock;
    Files.createDirectories(folder);
    deletePartials(folder);
    try (var files = Files.list(folder)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.length() > TIME_CHARACTERS && !name.startsWith("."))
          .sorted()
          .forEach(name -> nameByDigest.put(name.substring(TIME_CHARACTERS), name));
    }
  }

  /// What a crash left half written.
  private static void deletePartials(Path folder) throws IOException {
    try (var partials = Files.newDirectoryStream(folder, ".*" + PARTIAL)) {
      for (Path partial : partials) {
        Files.deleteIfExists(partial);
      }
    }
  }

  /// @param digest names the digest and its device, in any characters
  /// @param kind how the name ends, such as `-push.json`
  /// @return the file's name
  public String write(String digest, String kind, byte[] content) throws IOException {
    var name = name(readable(digest) + kind, clock.instant());
    var partial = Files.createTempFile(folder, ".", PARTIAL);
    try {
      Files.write(partial, content);
      Files.move(
          partial,
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
    return name;
  }

  private String name(String digest, Instant now) {
    synchronized (nameByDigest) {
      return nameByDigest.computeIfAbsent(digest, key -> TIME.format(now) + key);
    }
  }

  /// Ids are anything that users call themselves; file names are not. What has to change gets a
  /// fingerprint of the id, so that no two become one.
  private static String readable(String digest) {
    if (SAFE.matcher(digest).matches() && digest.length() <= NAME_CHARACTERS_MAX) {
      return digest;
    }
    var safe = digest.replaceAll("[^A-Za-z0-9_-]+", "_");
    var start = safe.substring(0, Math.min(safe.length(), NAME_CHARACTERS_MAX - 9));
    return start + "-" + Fingerprint.of(digest).substring(0, 8);
  }
}
