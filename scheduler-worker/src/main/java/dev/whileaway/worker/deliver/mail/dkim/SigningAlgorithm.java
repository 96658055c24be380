package dev.whileaway.worker.deliver.mail.dkim;

/// How a key signs. Both sign a SHA-256 of the headers; RSA's padding makes it part of the
/// signature, Ed25519 is given it as its message (RFC 8463 section 3).
enum SigningAlgorithm {
  /// What every verifier knows.
  RSA("rsa-sha256", "SHA256withRSA"),
  /// Shorter and faster, and known to few: a second signature, never the only one.
  ED25519("ed25519-sha256", "Ed25519");

  /// Its name in the `a=` tag.
  final String tag;

  /// Its name in Java.
  final String signature;

  SigningAlgorithm(String tag, String signature) {
    this.tag = tag;
    this.signature = signature;
  }
}
