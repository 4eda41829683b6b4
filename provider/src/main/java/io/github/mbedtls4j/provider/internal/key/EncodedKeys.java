package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.XdhCurve;
import java.io.IOException;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Map;

/** Keys of every algorithm from and to the encodings that files have. */
public final class EncodedKeys {
  private static final Map<String, String> MISSING =
      Map.of("1.3.101.112", "Ed25519", "1.3.101.113", "Ed448", "1.2.840.10040.4.1", "DSA");

  private EncodedKeys() {}

  private static void requireMontgomery(String oid) throws InvalidKeyException {
    if (Arrays.stream(XdhCurve.values()).noneMatch(curve -> curve.oid().equals(oid))) {
      throw new InvalidKeyException(
          "Mbed TLS has no keys of the algorithm " + MISSING.getOrDefault(oid, oid));
    }
  }

  /** A key from PKCS #8. */
  public static PrivateKey pkcs8(byte[] der) throws InvalidKeyException {
    String oid = KeyInfo.privateAlgorithm(der);
    return switch (oid) {
      case RsaCodec.OID, RsaUse.PSS_OID -> RsaCodec.readPrivate(der);
      case EcCodec.OID -> EcCodec.readPrivate(der);
      case DhCodec.OID -> DhCodec.readPrivate(der);
      default -> {
        requireMontgomery(oid);
        yield XdhKeys.readPrivate(der);
      }
    };
  }

  /** An RSA key from PKCS #1. */
  public static PrivateKey pkcs1(byte[] der) throws InvalidKeyException {
    byte[] pkcs8 = KeyInfo.privateKey(RsaUse.ANY.identifier(), der);
    try {
      return RsaCodec.readPrivate(pkcs8);
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  /**
   * An EC key from SEC 1.
   *
   * @param parameters the curve's encoding where the key itself does not say it; may be null
   */
  public static PrivateKey sec1(byte[] der, byte[] parameters)
      throws IOException, InvalidKeyException {
    DerReader key = DerReader.of(der).enter(Der.SEQUENCE);
    key.integer();
    key.enter(Der.OCTET_STRING);
    byte[] curve = key.next(Der.CONTEXT) ? key.enter(Der.CONTEXT).rest() : parameters;
    if (curve == null) {
      throw new InvalidKeyException("EC private key without the name of its curve");
    }
    byte[] pkcs8 = KeyInfo.privateKey(Der.sequence(Der.oid(EcCodec.OID), curve), der);
    try {
      return EcCodec.readPrivate(pkcs8);
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  /** A key from SubjectPublicKeyInfo, or an RSA key from PKCS #1. */
  public static PublicKey publicKey(byte[] der) throws IOException, InvalidKeyException {
    DerReader outer = DerReader.of(der);
    if (outer.enter(Der.SEQUENCE).next(Der.INTEGER)) {
      return RsaCodec.readPublic(KeyInfo.publicKey(RsaUse.ANY.identifier(), der));
    }
    String oid = KeyInfo.publicAlgorithm(der);
    return switch (oid) {
      case RsaCodec.OID, RsaUse.PSS_OID -> RsaCodec.readPublic(der);
      case EcCodec.OID -> EcCodec.readPublic(der);
      case DhCodec.OID -> DhCodec.readPublic(der);
      default -> {
        requireMontgomery(oid);
        yield XdhKeys.readPublic(der);
      }
    };
  }

  /** The PKCS #8 encoding of any key that has one; the caller wipes it. */
  public static byte[] toPkcs8(PrivateKey key) throws InvalidKeyException {
    return Keys.encoding(present(key), PrivateKey.class, "PKCS#8");
  }

  /** The SubjectPublicKeyInfo of any key that has one. */
  public static byte[] toPublicKeyInfo(PublicKey key) throws InvalidKeyException {
    return Keys.encoding(present(key), PublicKey.class, "X.509");
  }

  private static Key present(Key key) throws InvalidKeyException {
    if (key == null) {
      throw new InvalidKeyException("Key must not be null");
    }
    return key;
  }

  /** The PKCS #1 encoding of an RSA key; the caller wipes it. */
  public static byte[] toPkcs1(PrivateKey key) throws InvalidKeyException {
    if (!(Keys.rsaPrivate(key) instanceof RsaPrivateCrt crt)) {
      throw new InvalidKeyException("PKCS #1 needs the CRT numbers, which this key does not have");
    }
    byte[] pkcs8 = crt.getEncoded();
    try {
      return KeyInfo.readPrivate(pkcs8, RsaCodec.OID, (parameters, content) -> content);
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  /** The SEC 1 encoding of an EC key, with curve and public key; the caller wipes it. */
  public static byte[] toSec1(PrivateKey key) throws InvalidKeyException {
    EcPrivate ours = Keys.ecPrivate(key);
    byte[] d = ours.value();
    byte[] value = Der.octetString(d);
    try {
      return Der.sequence(
          Der.integer(BigInteger.ONE),
          value,
          Der.element(Der.CONTEXT, Der.oid(ours.curve().oid())),
          Der.element(Der.CONTEXT + 1, Der.bitString(ours.publicKey().point())));
    } finally {
      Arrays.fill(d, (byte) 0);
      Arrays.fill(value, (byte) 0);
    }
  }
}
