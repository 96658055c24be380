package dev.whileaway.worker.deliver.mail;

import dev.whileaway.templates.token.AddressPrint;
import dev.whileaway.templates.token.KeyRing;
import dev.whileaway.worker.deliver.DeliverySettings.Bounces;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// Envelope senders that name the recipient (VERP), so that a bounce says who is gone even where
/// its text does not: `bounces+TOKEN@mail.example.com`.
///
/// The token is the recipient's [AddressPrint] and a seal, without which anybody could end
/// anybody's mails by a forged bounce. It fits the 64 octets of a local part (RFC 5321 section
/// 4.5.3.1.1) and outlives servers that write it in capitals. An address always has the same one,
/// so that greylists, which remember senders, delay its first mail only.
public final class BounceAddresses {

  private static final String PURPOSE = "bounce";
  private static final int SEAL_BYTES = 10;
  private static final int TOKEN_CHARACTERS = 2 * (AddressPrint.BYTES + SEAL_BYTES);
  private static final int LOCAL_CHARACTERS_MAX = 64;

  private final String prefix;
  private final String suffix;
  private final KeyRing keys;

  /// @throws IllegalArgumentException if the address is none, or leaves no room for a token
  public BounceAddresses(Bounces settings) {
    var address = address(settings.address());
    int at = address.lastIndexOf('@');
    prefix = address.substring(0, at) + "+";
    suffix = address.substring(at);
    keys = settings.keys();
    if (prefix.length() + TOKEN_CHARACTERS > LOCAL_CHARACTERS_MAX) {
      throw new IllegalArgumentException(
          "mail.bounce-address: expected at most %d characters before the @, but found %d"
              .formatted(LOCAL_CHARACTERS_MAX - TOKEN_CHARACTERS - 1, at));
    }
  }

  /// The envelope sender of mails to an address.
  public String of(String recipient) {
    var print = AddressPrint.of(recipient);
    var seal = keys.seal(PURPOSE, print.bytes(), SEAL_BYTES);
    return prefix + print.hex() + HexFormat.of().formatHex(seal) + suffix;
  }

  /// Whom mails went to that came back to this address; empty: we made no such address.
  public Optional<AddressPrint> recipient(String bounceAddress) {
    var address = bounceAddress.toLowerCase(Locale.ROOT);
    if (!address.startsWith(prefix)
        || !address.endsWith(suffix)
        || address.length() != prefix.length() + TOKEN_CHARACTERS + suffix.length()) {
      return Optional.empty();
    }
    return opened(address.substring(prefix.length(), prefix.length() + TOKEN_CHARACTERS));
  }

  private Optional<AddressPrint> opened(String token) {
    try {
      var bytes = HexFormat.of().parseHex(token);
      var print = Arrays.copyOf(bytes, AddressPrint.BYTES);
      var seal = Arrays.copyOfRange(bytes, AddressPrint.BYTES, bytes.length);
      return keys.opens(PURPOSE, print, seal)
          ? Optional.of(AddressPrint.of(print))
          : Optional.empty();
    } catch (IllegalArgumentException notHexadecimal) {
      return Optional.empty();
    }
  }

  private static String address(String written) {
    try {
      return MailAddress.of(written).address().toLowerCase(Locale.ROOT);
    } catch (UnmailableException e) {
      throw new IllegalArgumentException("mail.bounce-address: " + e.reason(), e);
    }
  }
}
