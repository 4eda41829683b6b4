package io.github.mbedtls4j.wycheproof;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.KeyAgreement;

/** Agrees on a secret by X25519 or X448. */
record XdhRunner(Encoding encoding) implements VectorRunner {

  /** How a file writes its keys. */
  enum Encoding {
    RAW,
    ASN,
    PEM,
    JWK
  }

  /** SubjectPublicKeyInfo (RFC 8410) up to the last byte of the curve's object identifier. */
  private static final byte[] INFO = HexFormat.of().parseHex("302a300506032b65");

  @Override
  public void run(Jca jca, VectorGroup group, TestVector vector)
      throws VectorFailure, GeneralSecurityException {
    String curve = group.text("curve").equals("curve25519") ? "X25519" : "X448";
    Spec own = () -> privateSpec(curve, vector);
    agree(jca, vector, curve, own, () -> publicSpec(curve, vector));
    agree(jca, vector, "XDH", own, () -> publicSpec(curve, vector));
    if (encoding == Encoding.RAW && vector.bytes("public").length == length(curve)) {
      BigInteger u = coordinate(curve, vector.bytes("public"));
      agree(jca, vector, curve, own, () -> new XECPublicKeySpec(new NamedParameterSpec(curve), u));
    }
  }

  private interface Spec {
    KeySpec get() throws GeneralSecurityException;
  }

  private static void agree(Jca jca, TestVector vector, String algorithm, Spec own, Spec peer)
      throws VectorFailure, GeneralSecurityException {
    KeyFactory keys = jca.keyFactory(algorithm);
    KeyAgreement agreement = jca.keyAgreement(algorithm);
    new Expectation(
            vector.result(),
            vector.bytes("shared"),
            List.of(InvalidKeySpecException.class, InvalidKeyException.class))
        .check(
            "agree by " + algorithm,
            () -> {
              agreement.init(keys.generatePrivate(own.get()));
              agreement.doPhase(keys.generatePublic(peer.get()), true);
              return agreement.generateSecret();
            });
  }

  private KeySpec privateSpec(String curve, TestVector vector) throws GeneralSecurityException {
    return switch (encoding) {
      case ASN -> new PKCS8EncodedKeySpec(vector.bytes("private"));
      case PEM -> new PKCS8EncodedKeySpec(pem(vector.text("private")));
      case RAW -> scalar(curve, vector.bytes("private"));
      case JWK -> scalar(curve, jwk(curve, vector.json().required("private"), "d"));
    };
  }

  private KeySpec publicSpec(String curve, TestVector vector) throws GeneralSecurityException {
    return new X509EncodedKeySpec(
        switch (encoding) {
          case ASN -> vector.bytes("public");
          case PEM -> pem(vector.text("public"));
          case RAW -> info(curve, vector.bytes("public"));
          case JWK -> info(curve, jwk(curve, vector.json().required("public"), "x"));
        });
  }

  private static KeySpec scalar(String curve, byte[] bytes) {
    return new XECPrivateKeySpec(new NamedParameterSpec(curve), bytes);
  }

  private static int length(String curve) {
    return curve.equals("X448") ? 56 : 32;
  }

  private static BigInteger coordinate(String curve, byte[] littleEndian) {
    byte[] bytes = new byte[littleEndian.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = littleEndian[bytes.length - 1 - i];
    }
    if (curve.equals("X25519")) {
      bytes[0] &= 0x7f;
    }
    return new BigInteger(1, bytes);
  }

  private static byte[] info(String curve, byte[] u) {
    byte[] info = new byte[INFO.length + 4 + u.length];
    System.arraycopy(INFO, 0, info, 0, INFO.length);
    info[1] = (byte) (info.length - 2);
    info[INFO.length] = (byte) (curve.equals("X448") ? 0x6f : 0x6e);
    info[INFO.length + 1] = 0x03;
    info[INFO.length + 2] = (byte) (1 + u.length);
    System.arraycopy(u, 0, info, INFO.length + 4, u.length);
    return info;
  }

  private static byte[] pem(String text) {
    return Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
  }

  /** A field of a JSON Web Key (RFC 8037); which key types there are is the reader's business. */
  private static byte[] jwk(String curve, JsonNode key, String field)
      throws InvalidKeySpecException {
    if (!key.path("kty").asText().equals("OKP")
        || !key.path("crv").asText().equals(curve)
        || !key.has(field)) {
      throw new InvalidKeySpecException("not a JWK for " + curve + ": " + key);
    }
    return Base64.getUrlDecoder().decode(key.required(field).asText());
  }
}
