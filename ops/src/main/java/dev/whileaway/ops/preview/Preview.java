package dev.whileaway.ops.preview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.whileaway.templates.DigestContent;
import dev.whileaway.templates.MailText;
import dev.whileaway.templates.PushText;
import dev.whileaway.templates.Renderer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// One digest as a person looks at it, channel by channel.
///
/// @param name of its files: they are called NAME.CHANNEL.ENDING
public record Preview(String name, Locale language, PushText push, MailText mail) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /// What is shown of a digest.
  public enum Channel {
    PUSH,
    MAIL;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static Preview of(String name, Renderer renderer, DigestContent digest) {
    return new Preview(name, digest.locale(), renderer.push(digest), renderer.mail(digest));
  }

  /// What can be read as it is, by the ending of its file.
  public SequencedMap<String, String> texts(Channel channel) {
    var texts = new LinkedHashMap<String, String>();
    switch (channel) {
      case PUSH -> texts.put(".push.json", json());
      case MAIL -> {
        texts.put(".mail.html", mail.html());
        texts.put(".mail.txt", "Subject: " + mail.subject() + "\n\n" + mail.text());
      }
    }
    return texts;
  }

  /// What pictures are taken of: the mail itself, or a phone that shows the push.
  String page(Channel channel) {
    return switch (channel) {
      case PUSH -> Phone.page(push, language);
      case MAIL -> mail.html();
    };
  }

  private String json() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("title", push.title());
    members.put("body", push.body());
    members.put("long_body", push.longBody());
    members.put("link", push.link());
    members.put("badge", push.badge());
    try {
      return JSON.writeValueAsString(members);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("expected texts to become JSON", e);
    }
  }
}
