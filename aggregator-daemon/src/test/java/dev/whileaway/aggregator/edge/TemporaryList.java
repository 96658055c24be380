package dev.whileaway.aggregator.edge;

import dev.whileaway.aggregator.suppression.SuppressionList;
import java.io.IOException;
import java.nio.file.Files;

/// An empty suppression list, for as long as the tests run.
final class TemporaryList {

  private TemporaryList() {}

  static SuppressionList open() throws IOException {
    var file = Files.createTempFile("suppressions", "");
    file.toFile().deleteOnExit();
    return SuppressionList.open(file);
  }
}
