package dev.whileaway.ops.config;

import dev.whileaway.ops.config.Values.Domain;
import dev.whileaway.ops.config.Values.Port;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The keys below `mail`, with their defaults.
interface MailConfiguration {

  @WithDefault("digest@localhost")
  String from();

  @WithDefault("Whileaway")
  String fromName();

  @WithConverter(Domain.class)
  Optional<String> messageIdDomain();

  Optional<Dkim> dkim();

  Optional<List<String>> keys();

  Optional<String> bounceAddress();

  Feedback feedback();

  @WithConverter(Values.PagesUrl.class)
  Optional<String> pagesUrl();

  @WithConverter(Values.FeedbackSender.class)
  Optional<String> feedbackSender();

  /// Without a port nothing is listened for.
  interface Feedback {
    @WithDefault("127.0.0.1")
    String host();

    @WithConverter(Port.class)
    Optional<Integer> port();

    @WithConverter(Values.Address.class)
    Optional<String> complaintAddress();
  }

  interface Dkim {
    @WithConverter(Domain.class)
    String domain();

    List<Key> keys();

    interface Key {
      @WithConverter(Domain.class)
      String selector();

      Path privateKey();
    }
  }
}
