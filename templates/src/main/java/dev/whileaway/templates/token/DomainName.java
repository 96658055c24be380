package dev.whileaway.templates.token;

import com.ibm.icu.text.IDNA;

/// International domain names.
public final class DomainName {

  /// RFC 5891, by UTS 46. The rules before it, which Java has, make another domain of some names:
  /// `fass.de` of `faß.de`.
  private static final IDNA RULES =
      IDNA.getUTS46Instance(
          IDNA.NONTRANSITIONAL_TO_ASCII
              | IDNA.USE_STD3_RULES
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ);

  private DomainName() {}

  /// As it stands in DNS: in ASCII and lower case.
  ///
  /// @throws IllegalArgumentException if it is no domain name
  public static String ascii(String domain) {
    var info = new IDNA.Info();
    String ascii = RULES.nameToASCII(domain, new StringBuilder(), info).toString();
    if (info.hasErrors()) {
      throw new IllegalArgumentException(
          "expected a domain name, but found " + info.getErrors() + " in it");
    }
    return ascii;
  }
}
