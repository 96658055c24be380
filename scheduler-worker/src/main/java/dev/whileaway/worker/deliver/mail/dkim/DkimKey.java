package dev.whileaway.worker.deliver.mail.dkim;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;

/// A private key, and the selector under which DNS has its public half: a TXT record at
/// `SELECTOR._domainkey.DOMAIN`.
record DkimKey(String selector, SigningAlgorithm algorithm, PrivateKey secret) {

  /// Holds nothing between two calls, so threads may share it (TRAPS 40).
  byte[] sign(String headers) {
    try {
      var signature = Signature.getInstance(algorithm.signature);
      signature.initSign(secret);
      signature.update(
          switch (algorithm) {
            case RSA -> headers.getBytes(UTF_8);
            case ED25519 -> sha256(headers.getBytes(UTF_8));
          });
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected to sign with selector " + selector, e);
    }
  }

  static byte[] sha256(byte[] data) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(data);
  }

  @Override
  public String toString() {
    return selector;
  }
}
