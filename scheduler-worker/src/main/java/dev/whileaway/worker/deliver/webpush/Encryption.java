package dev.whileaway.worker.deliver.webpush;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The body of a Web Push request: one record of `aes128gcm` (RFC 8188), under a key that only the
/// subscribed browser can make (RFC 8291). Each message gets a key pair and a salt of its own.
final class Encryption {

  /// A push service may refuse a larger body (RFC 8030 section 7.2).
  static final int BODY_BYTES_MAX = 4096;

  private static final int SALT_BYTES = 16;
  private static final int TAG_BYTES = 16;
  private static final int HEADER_BYTES = SALT_BYTES + 4 + 1 + P256.POINT_BYTES;

  /// What can be said in a body.
  static final int PLAIN_BYTES_MAX = BODY_BYTES_MAX - HEADER_BYTES - TAG_BYTES - 1;

  /// Ends the last record.
  private static final byte LAST = 2;

  private static final SecureRandom RANDOM = new SecureRandom();

  private Encryption() {}

  /// @throws GeneralSecurityException if the subscription's key is none
  static byte[] encrypt(byte[] plain, Subscription subscription) throws GeneralSecurityException {
    var salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return encrypt(plain, subscription, P256.newPair(), salt);
  }

  /// With a key pair and a salt that are given: for the example of RFC 8291, appendix A.
  static byte[] encrypt(byte[] plain, Subscription subscription, KeyPair own, byte[] salt)
      throws GeneralSecurityException {
    byte[] ownPoint = P256.point((ECPublicKey) own.getPublic());
    byte[] shared =
        P256.shared((ECPrivateKey) own.getPrivate(), P256.publicKey(subscription.key()));
    byte[] keyInfo = concat(ascii("WebPush: info\0"), subscription.key(), ownPoint);
    byte[] secret = derive(shared, subscription.auth(), keyInfo, 32);
    byte[] key = derive(secret, salt, ascii("Content-Encoding: aes128gcm\0"), 16);
    byte[] nonce = derive(secret, salt, ascii("Content-Encoding: nonce\0"), 12);

    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(key, "AES"),
        new GCMParameterSpec(TAG_BYTES * 8, nonce));
    byte[] record = cipher.doFinal(concat(plain, new byte[] {LAST}));
    byte[] header =
        ByteBuffer.allocate(HEADER_BYTES)
            .put(salt)
            .putInt(BODY_BYTES_MAX)
            .put((byte) ownPoint.length)
            .put(ownPoint)
            .array();
    return concat(header, record);
  }

  /// HKDF with SHA-256 (RFC 5869).
  private static byte[] derive(byte[] secret, byte[] salt, byte[] info, int length)
      throws GeneralSecurityException {
    SecretKey extracted =
        KDF.getInstance("HKDF-SHA256")
            .deriveKey(
                "Generic",
                HKDFParameterSpec.ofExtract()
                    .addIKM(secret)
                    .addSalt(salt)
                    .thenExpand(info, length));
    return extracted.getEncoded();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  private static byte[] concat(byte[]... parts) {
    var bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }
}
