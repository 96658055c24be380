package dev.whileaway.worker.deliver.webpush;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/// Keys on the curve P-256, in the forms that Web Push has them: a public key is 65 bytes, a 4 and
/// then both coordinates (X9.62, uncompressed); a private key is its number, 32 bytes.
final class P256 {

  static final int POINT_BYTES = 65;
  private static final int NUMBER_BYTES = 32;
  private static final byte UNCOMPRESSED = 4;
  private static final ECGenParameterSpec CURVE = new ECGenParameterSpec("secp256r1");
  private static final ECParameterSpec PARAMETERS = parameters();

  private P256() {}

  private static ECParameterSpec parameters() {
    try {
      var parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(CURVE);
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyPair newPair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(CURVE);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] point(ECPublicKey key) {
    var point = new byte[POINT_BYTES];
    point[0] = UNCOMPRESSED;
    put(key.getW().getAffineX(), point, 1);
    put(key.getW().getAffineY(), point, 1 + NUMBER_BYTES);
    return point;
  }

  private static void put(BigInteger number, byte[] into, int end) {
    byte[] bytes = number.toByteArray();
    int skip = Math.max(0, bytes.length - NUMBER_BYTES); // A sign byte of 0.
    int length = bytes.length - skip;
    System.arraycopy(bytes, skip, into, end + NUMBER_BYTES - length, length);
  }

  /// @throws GeneralSecurityException if that is no point of the curve: a secret made with such a
  ///   one would tell something of our key
  static ECPublicKey publicKey(byte[] point) throws GeneralSecurityException {
    if (point.length != POINT_BYTES || point[0] != UNCOMPRESSED) {
      throw new GeneralSecurityException(
          "expected an uncompressed point of 65 bytes, but found %d bytes".formatted(point.length));
    }
    var x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + NUMBER_BYTES));
    var y = new BigInteger(1, Arrays.copyOfRange(point, 1 + NUMBER_BYTES, POINT_BYTES));
    if (!onCurve(x, y)) {
      throw new GeneralSecurityException("expected a point of P-256, but found one beside it");
    }
    return (ECPublicKey)
        KeyFactory.getInstance("EC")
            .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), PARAMETERS));
  }

  private static boolean onCurve(BigInteger x, BigInteger y) {
    EllipticCurve curve = PARAMETERS.getCurve();
    BigInteger p = ((java.security.spec.ECFieldFp) curve.getField()).getP();
    BigInteger right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(p);
    return x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.pow(2).mod(p).equals(right);
  }

  static ECPrivateKey privateKey(byte[] number) throws GeneralSecurityException {
    return (ECPrivateKey)
        KeyFactory.getInstance("EC")
            .generatePrivate(new ECPrivateKeySpec(new BigInteger(1, number), PARAMETERS));
  }

  /// What both sides know, each by its private key and the other's public one (ECDH).
  static byte[] shared(ECPrivateKey own, ECPublicKey other) throws GeneralSecurityException {
    var agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(own);
    agreement.doPhase(other, true);
    return agreement.generateSecret();
  }
}
