package dev.whileaway.worker.deliver.webpush;

import dev.whileaway.worker.deliver.DeliverySettings.WebPush;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.InstantSource;
import java.util.Base64;

/// A site's VAPID key pair, as the usual tools print it.
record VapidKeys(ECPrivateKey privateKey, ECPublicKey publicKey) {

  /// @throws IOException if these are no keys, or do not belong together
  static VapidKeys of(WebPush settings) throws IOException {
    try {
      var keys =
          new VapidKeys(
              P256.privateKey(Base64.getUrlDecoder().decode(settings.privateKey())),
              P256.publicKey(Base64.getUrlDecoder().decode(settings.publicKey())));
      if (keys.belongTogether()) {
        return keys;
      }
      throw new IOException(
          "expected delivery.web-push[].private-key to belong to public-key, but found another");
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw new IOException(
          "expected keys of P-256 in base64url as delivery.web-push[].public-key and private-key,"
              + " but found: "
              + e.getMessage(),
          e);
    }
  }

  private boolean belongTogether() throws GeneralSecurityException {
    byte[] sample = {1};
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(privateKey);
    signature.update(sample);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(sample);
    return signature.verify(signed);
  }

  Vapid signer(String contact, InstantSource clock) {
    return new Vapid(privateKey, publicKey, contact, clock);
  }
}
