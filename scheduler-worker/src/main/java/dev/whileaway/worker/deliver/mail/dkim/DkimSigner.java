package dev.whileaway.worker.deliver.mail.dkim;

import dev.whileaway.worker.deliver.DeliverySettings.Dkim;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Signs mails in the name of a domain. Immutable: all threads share one (TRAPS 40).
public final class DkimSigner {

  /// The name of the header that carries a signature.
  public static final String HEADER = "DKIM-Signature";

  /// What a reader sees or a mailbox acts upon, in the order of the `h=` tag. Servers on the way
  /// may add or change others.
  private static final List<String> SIGNED =
      List.of(
          "From",
          "To",
          "Subject",
          "Date",
          "Message-ID",
          "MIME-Version",
          "Content-Type",
          "Content-Language",
          "List-Id",
          "List-Unsubscribe",
          "List-Unsubscribe-Post",
          "Auto-Submitted",
          "Feedback-ID");

  /// Named once more than there are of each, so that no other can be added on the way and be shown,
  /// or acted upon, in its place (RFC 6376 section 8.15). They come last: the first of a name is
  /// the one that is there.
  private static final String OVERSIGNED =
      "From: To: Cc: Reply-To: Subject: Date: List-Unsubscribe: List-Unsubscribe-Post";

  /// Gives a signature, which has no blanks of its own, places to fold at.
  private static final int SIGNATURE_CHARS_PER_LINE = 70;

  private final String domain;
  private final List<DkimKey> keys;

  private DkimSigner(String domain, List<DkimKey> keys) {
    this.domain = domain;
    this.keys = keys;
  }

  /// Reads the keys.
  ///
  /// @throws IOException if a key is missing, unreadable or weak, if there is none of RSA, or two
  ///   of one algorithm; the message says which
  public static DkimSigner open(Dkim settings) throws IOException {
    Map<SigningAlgorithm, DkimKey> keys = new EnumMap<>(SigningAlgorithm.class);
    for (var key : settings.keys()) {
      var read = PrivateKeyFile.read(key);
      if (keys.put(read.algorithm(), read) != null) {
        throw new IOException(
            "mail.dkim.keys: expected one key of an algorithm, but found a second of %s in %s"
                .formatted(read.algorithm().tag, key.privateKey()));
      }
    }
    if (!keys.containsKey(SigningAlgorithm.RSA)) {
      throw new IOException(
          "mail.dkim.keys: expected an RSA key, since few mailboxes verify Ed25519 alone, but found"
              + " "
              + (keys.isEmpty() ? "no key" : "only Ed25519"));
    }
    return new DkimSigner(settings.domain(), List.copyOf(keys.values()));
  }

  /// The values of the signature headers, one for each key, to be set before all others. They have
  /// single blanks where they may be folded.
  ///
  /// @param headers the lines as they are written, folded or not, each name once
  /// @param body as it is written, its lines ended by CR LF
  /// @param at when it was signed
  public List<String> sign(List<String> headers, byte[] body, Instant at) {
    var signed = signed(headers);
    var bodyHash = bodyHash(body);
    var values = new ArrayList<String>();
    for (var key : keys) {
      var unsigned =
          "v=1; a=%s; c=relaxed/relaxed; d=%s; s=%s; t=%d; h=%s: %s; bh=%s; b="
              .formatted(
                  key.algorithm().tag,
                  domain,
                  key.selector(),
                  at.getEpochSecond(),
                  String.join(": ", signed.keySet()),
                  OVERSIGNED,
                  bodyHash);
      values.add(unsigned + spaced(base64(key.sign(input(signed, unsigned)))));
    }
    return values;
  }

  /// By name, in the order of [#SIGNED], the relaxed form of those headers that are there.
  private static Map<String, String> signed(List<String> headers) {
    Map<String, String> signed = new TreeMap<>(Comparator.comparingInt(SIGNED::indexOf));
    for (var line : headers) {
      var relaxed = RelaxedForm.header(line);
      var name = relaxed.substring(0, relaxed.indexOf(':'));
      SIGNED.stream()
          .filter(known -> known.toLowerCase(Locale.ROOT).equals(name))
          .forEach(known -> signed.put(known, relaxed));
    }
    return signed;
  }

  /// What is signed (RFC 6376 section 3.7): the headers, then the signature's own without its
  /// value. A header that is not there adds nothing.
  private static String input(Map<String, String> signed, String unsigned) {
    return String.join("\r\n", signed.values())
        + "\r\n"
        + RelaxedForm.header(HEADER + ":" + unsigned);
  }

  private static String bodyHash(byte[] body) {
    try {
      return base64(DkimKey.sha256(RelaxedForm.body(body)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String spaced(String signature) {
    return signature.replaceAll("(.{" + SIGNATURE_CHARS_PER_LINE + "})(?=.)", "$1 ");
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
