package dev.whileaway.testkit.push;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A browser that subscribed to Web Push: it has the keys that its messages are encrypted for, and
/// reads them (RFC 8291, RFC 8188). HKDF is written out here, so that a mistake of the sender's
/// cannot be made twice.
final class Browser {

  private static final int SALT_BYTES = 16;
  private static final int POINT_BYTES = 65;

  private final KeyPair keys = newPair();
  private final byte[] auth = new byte[16];

  Browser(int number) {
    ByteBuffer.wrap(auth).putInt(number);
  }

  static KeyPair newPair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What `PushSubscription.toJSON()` gives.
  String subscription(String endpoint) {
    return "{\"endpoint\":\"%s\",\"expirationTime\":null,\"keys\":{\"p256dh\":\"%s\",\"auth\":\"%s\"}}"
        .formatted(endpoint, base64(point(keys.getPublic())), base64(auth));
  }

  /// @throws GeneralSecurityException if it was encrypted for another, or is damaged
  String read(byte[] body) throws GeneralSecurityException {
    var buffer = ByteBuffer.wrap(body);
    byte[] salt = bytes(buffer, SALT_BYTES);
    int recordBytes = buffer.getInt();
    byte[] sender = bytes(buffer, buffer.get());
    byte[] record = bytes(buffer, buffer.remaining());
    if (record.length > recordBytes) {
      throw new GeneralSecurityException("expected one record, but found several");
    }
    var agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(keys.getPrivate());
    agreement.doPhase(publicKey(sender), true);
    byte[] info = join("WebPush: info\0".getBytes(US_ASCII), point(keys.getPublic()), sender);
    byte[] secret = hkdf(auth, agreement.generateSecret(), info, 32);
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(hkdf(salt, secret, ascii("Content-Encoding: aes128gcm\0"), 16), "AES"),
        new GCMParameterSpec(128, hkdf(salt, secret, ascii("Content-Encoding: nonce\0"), 12)));
    byte[] padded = cipher.doFinal(record);
    int end = padded.length - 1;
    while (end > 0 && padded[end] == 0) {
      end--;
    }
    if (padded[end] != 2) {
      throw new GeneralSecurityException("expected the last record, but found " + padded[end]);
    }
    return new String(padded, 0, end, UTF_8);
  }

  private static byte[] hkdf(byte[] salt, byte[] secret, byte[] info, int length)
      throws GeneralSecurityException {
    byte[] extracted = hmac(salt, secret);
    return Arrays.copyOf(hmac(extracted, join(info, new byte[] {1})), length);
  }

  private static byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text);
  }

  static PublicKey publicKey(byte[] point) throws GeneralSecurityException {
    var parameters = ((ECPublicKey) newPair().getPublic()).getParams();
    var x = new BigInteger(1, Arrays.copyOfRange(point, 1, 33));
    var y = new BigInteger(1, Arrays.copyOfRange(point, 33, POINT_BYTES));
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), parameters));
  }

  /// X9.62, uncompressed.
  static byte[] point(PublicKey key) {
    byte[] encoded = key.getEncoded(); // An X.509 structure that ends in the point.
    return Arrays.copyOfRange(encoded, encoded.length - POINT_BYTES, encoded.length);
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] bytes(ByteBuffer from, int count) {
    byte[] bytes = new byte[count];
    from.get(bytes);
    return bytes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  private static byte[] join(byte[]... parts) {
    var joined = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
    Arrays.stream(parts).forEach(joined::put);
    return joined.array();
  }
}
