package io.github.mbedtls4j.wycheproof;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.KeyAgreement;

/** Agrees on a secret with a public key that may be anything: that is where attacks come in. */
record EcdhRunner(Encoding encoding) implements VectorRunner {

  /** How a file writes its keys. */
  enum Encoding {
    ASN,
    ECPOINT,
    PEM
  }

  private static final byte[] EC_PUBLIC_KEY_OID = HexFormat.of().parseHex("06072a8648ce3d0201");
  private static final int UNCOMPRESSED = 4;

  @Override
  public void run(Jca jca, VectorGroup group, TestVector vector)
      throws VectorFailure, GeneralSecurityException {
    AlgorithmParameters curve = jca.parameters("EC");
    curve.init(new ECGenParameterSpec(group.text("curve")));
    KeySpec own = privateSpec(curve, vector);
    agree(jca, vector, "agree", own, publicSpec(curve, vector));
    if (encoding == Encoding.ECPOINT && isUncompressed(vector.bytes("public"))) {
      // The same point again without an encoding: a provider may check it in its parser only.
      agree(jca, vector, "agree by ECPublicKeySpec", own, pointSpec(curve, vector));
    }
  }

  private static void agree(Jca jca, TestVector vector, String step, KeySpec own, KeySpec peer)
      throws VectorFailure, GeneralSecurityException {
    KeyFactory keys = jca.keyFactory("EC");
    KeyAgreement agreement = jca.keyAgreement("ECDH");
    PrivateKey key = keys.generatePrivate(own);
    new Expectation(
            vector.result(),
            vector.bytes("shared"),
            List.of(InvalidKeySpecException.class, InvalidKeyException.class))
        .check(
            step,
            () -> {
              agreement.init(key);
              agreement.doPhase(keys.generatePublic(peer), true);
              return agreement.generateSecret();
            });
  }

  private KeySpec privateSpec(AlgorithmParameters curve, TestVector vector)
      throws GeneralSecurityException {
    if (encoding == Encoding.PEM) {
      return new PKCS8EncodedKeySpec(pem(vector.text("private")));
    }
    BigInteger scalar = new BigInteger(1, vector.bytes("private"));
    return new ECPrivateKeySpec(scalar, curve.getParameterSpec(ECParameterSpec.class));
  }

  private KeySpec publicSpec(AlgorithmParameters curve, TestVector vector) {
    return new X509EncodedKeySpec(
        switch (encoding) {
          case ASN -> vector.bytes("public");
          case PEM -> pem(vector.text("public"));
          case ECPOINT -> subjectPublicKeyInfo(curve, vector.bytes("public"));
        });
  }

  private static KeySpec pointSpec(AlgorithmParameters curve, TestVector vector)
      throws GeneralSecurityException {
    byte[] point = vector.bytes("public");
    int middle = (point.length + 1) / 2;
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, middle));
    BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, middle, point.length));
    return new ECPublicKeySpec(new ECPoint(x, y), curve.getParameterSpec(ECParameterSpec.class));
  }

  private static boolean isUncompressed(byte[] point) {
    return point.length > 1 && point[0] == UNCOMPRESSED;
  }

  private static byte[] pem(String text) {
    String body = text.replaceAll("-----[A-Z ]+-----", "");
    return Base64.getMimeDecoder().decode(body);
  }

  /** The JCA knows no bare point encoding, and a compressed point fits into no key spec either. */
  private static byte[] subjectPublicKeyInfo(AlgorithmParameters curve, byte[] point) {
    try {
      byte[] algorithm = der(0x30, EC_PUBLIC_KEY_OID, curve.getEncoded());
      return der(0x30, algorithm, der(0x03, new byte[1], point));
    } catch (IOException e) {
      throw new IllegalStateException("the provider cannot encode its own curve", e);
    }
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.write(tag);
    if (content.size() >= 0x80) {
      value.write(0x81); // one length byte is enough up to P-521
    }
    value.write(content.size());
    value.writeBytes(content.toByteArray());
    return value.toByteArray();
  }
}
