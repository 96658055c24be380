package dev.whileaway.ops.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a run came to.
public interface Figures {

  /// As a table for people.
  String table();

  /// As JSON for machines.
  void put(ObjectNode json);

  default void writeJson(Path file) throws IOException {
    var mapper = new ObjectMapper();
    ObjectNode json = mapper.createObjectNode();
    put(json);
    Files.writeString(
        file, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }
}
