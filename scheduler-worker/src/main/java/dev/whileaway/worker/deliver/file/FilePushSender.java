package dev.whileaway.worker.deliver.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whileaway.v1.Device;
import dev.whileaway.worker.deliver.Fingerprint;
import dev.whileaway.worker.deliver.Outcome;
import dev.whileaway.worker.deliver.Push;
import dev.whileaway.worker.deliver.PushSender;
import java.io.IOException;
import java.time.Duration;

/// Writes each push into a folder, as JSON.
public final class FilePushSender implements PushSender {

  private static final Duration DISK_DELAY = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DigestFolder folder;

  public FilePushSender(DigestFolder folder) {
    this.folder = folder;
  }

  /// Files are for everybody.
  @Override
  public boolean serves(Device device) {
    return true;
  }

  @Override
  public Outcome send(Push push) {
    var device = Fingerprint.of(push.device().getToken()).substring(0, 8);
    try {
      var name = folder.write(push.digestId() + "-" + device, "-push.json", json(push));
      return new Outcome.Accepted(name, "written");
    } catch (IOException e) {
      return new Outcome.RetryAfter(
          DISK_DELAY, Outcome.Trouble.PROVIDER, "expected to write a push, but found: " + e);
    }
  }

  @Override
  public void close() {}

  private static byte[] json(Push push) throws JsonProcessingException {
    var json = JSON.createObjectNode();
    json.put("digest_id", push.digestId());
    json.put("platform", push.device().getPlatform().name());
    json.put("app", push.device().getApp());
    json.put("token", push.device().getToken());
    json.put("title", push.text().title());
    json.put("body", push.text().body());
    json.put("long_body", push.text().longBody());
    json.put("link", push.text().link());
    json.put("badge", push.text().badge());
    json.put("silent", push.silent());
    json.put("collapse_key", push.collapseKey());
    json.put("expires_at", push.expiresAt().toString());
    var text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
    return text.getBytes(UTF_8);
  }
}
