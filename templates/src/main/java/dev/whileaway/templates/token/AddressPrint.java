package dev.whileaway.templates.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/// Names an e-mail address in little room: 24 hexadecimal digits, the same for each way of writing
/// the address.
///
/// Case does not count, on either side of the `@`: no mailbox of today tells `Anna` from `anna`,
/// and who complained as one shall not be written to as the other.
public record AddressPrint(String hex) {

  /// Two of a hundred billion addresses share one with a chance of one in fifteen million.
  public static final int BYTES = 12;

  public AddressPrint {
    if (!hex.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
      throw new IllegalArgumentException(
          "expected %d hexadecimal digits, but found \"%s\"".formatted(2 * BYTES, hex));
    }
  }

  /// @param address as people write it; what is no address has a print too
  public static AddressPrint of(String address) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(canonical(address).getBytes(UTF_8));
      return of(Arrays.copyOf(hash, BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("expected SHA-256 in every Java, but found none", e);
    }
  }

  public static AddressPrint of(byte[] bytes) {
    return new AddressPrint(HexFormat.of().formatHex(bytes));
  }

  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  private static String canonical(String address) {
    int at = address.lastIndexOf('@');
    var local = address.substring(0, Math.max(at, 0));
    var domain = address.substring(at + 1);
    var written = (unquoted(local) + "@" + ascii(domain)).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(written, Normalizer.Form.NFC);
  }

  /// `"bob"@` is `bob@` (RFC 5321 section 4.1.2).
  private static String unquoted(String local) {
    boolean quoted = local.length() > 1 && local.startsWith("\"") && local.endsWith("\"");
    return quoted ? local.substring(1, local.length() - 1).replaceAll("\\\\(.)", "$1") : local;
  }

  private static String ascii(String domain) {
    try {
      return DomainName.ascii(domain);
    } catch (IllegalArgumentException notADomain) {
      return domain;
    }
  }
}
