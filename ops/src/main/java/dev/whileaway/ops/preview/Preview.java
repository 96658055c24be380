package dev.whileaway.ops.preview;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.whileaway.templates.MailText;
import dev.whileaway.templates.PushText;
import dev.whileaway.testkit.browser.Screen;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/// One thing that a user may see, as a person looks at it.
///
/// @param name of its files: they are called NAME.CHANNEL.ENDING
/// @param texts what can be read as it is, by the ending of its file
/// @param html what pictures are taken of: the mail or the page itself, or a phone that shows the
///   push
public record Preview(
    String name, Channel channel, SequencedMap<String, String> texts, String html) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /// What is shown.
  public enum Channel {
    PUSH,
    MAIL,
    /// A page behind the links of mails.
    PAGE;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param language of its texts
  static Preview push(String name, PushText push, Locale language) {
    var texts = new LinkedHashMap<String, String>();
    texts.put("json", json(push));
    return new Preview(name, Channel.PUSH, texts, Phone.page(push, language));
  }

  static Preview mail(String name, MailText mail) {
    var texts = new LinkedHashMap<String, String>();
    texts.put("html", mail.html());
    texts.put("txt", "Subject: " + mail.subject() + "\n\n" + mail.text());
    return new Preview(name, Channel.MAIL, texts, mail.html());
  }

  static Preview page(String name, String html) {
    var texts = new LinkedHashMap<String, String>();
    texts.put("html", html);
    return new Preview(name, Channel.PAGE, texts, html);
  }

  /// @param ending without a dot
  public String file(String ending) {
    return name + "." + channel.key() + "." + ending;
  }

  /// The file of its picture.
  String picture(Screen screen) {
    return name + "." + channel.key() + "-" + screen.name() + ".png";
  }

  private static String json(PushText push) {
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
