package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.ModPow;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.XECKey;

/** Whether a public and a private key belong together. */
public final class Pairs {
  private enum Family {
    RSA,
    EC,
    XDH,
    OTHER
  }

  /** Any number with which a wrong exponent does not come out right. */
  private static final BigInteger PROBE = BigInteger.valueOf(0x6D62_6564);

  private Pairs() {}

  /** Compares what the private key's public half is with the public key. */
  public static boolean match(PublicKey publicKey, PrivateKey privateKey)
      throws InvalidKeyException {
    Family family = family(publicKey);
    if (family != family(privateKey)) {
      return false;
    }
    return switch (family) {
      case RSA -> rsa(Keys.anyRsaPublic(publicKey), Keys.anyRsaPrivate(privateKey));
      case EC -> ec(Keys.ecPublic(publicKey), Keys.ecPrivate(privateKey));
      case XDH -> xdh(XdhKeys.publicKey(publicKey), XdhKeys.privateKey(privateKey));
      case OTHER ->
          throw new InvalidKeyException(
              "Pairs of " + publicKey.getAlgorithm() + " keys are not known here");
    };
  }

  private static Family family(Key key) throws InvalidKeyException {
    String name = key == null ? null : key.getAlgorithm();
    if (name == null) {
      throw new InvalidKeyException(
          key == null ? "Key must not be null" : "Key must have an algorithm");
    }
    if (key instanceof RSAKey || name.startsWith("RSA")) {
      return Family.RSA;
    }
    if (key instanceof ECKey || name.equals("EC")) {
      return Family.EC;
    }
    boolean montgomery = name.equals("XDH") || name.equals("X25519") || name.equals("X448");
    return key instanceof XECKey || montgomery ? Family.XDH : Family.OTHER;
  }

  private static boolean rsa(RsaPublic publicKey, RsaPrivate privateKey)
      throws InvalidKeyException {
    BigInteger n = publicKey.getModulus();
    if (!n.equals(privateKey.getModulus())) {
      return false;
    }
    if (privateKey instanceof RsaPrivateCrt) {
      // Checks the numbers against each other; the exponent alone says nothing about the primes.
      privateKey.nativeKey();
    }
    // Not by comparing exponents: a key without CRT numbers has only one of them.
    byte[] power =
        ModPow.modPow(
            Unsigned.bytes(PROBE),
            Unsigned.bytes(privateKey.getPrivateExponent()),
            Unsigned.bytes(n));
    return Unsigned.number(power).modPow(publicKey.getPublicExponent(), n).equals(PROBE);
  }

  private static boolean ec(EcPublic publicKey, EcPrivate privateKey) {
    return publicKey.curve() == privateKey.curve() && publicKey.equals(privateKey.publicKey());
  }

  private static boolean xdh(XdhPublic publicKey, XdhPrivate privateKey)
      throws InvalidKeyException {
    return publicKey.curve() == privateKey.curve()
        && publicKey
            .getU()
            .mod(XdhCurves.prime(publicKey.curve()))
            .equals(privateKey.publicKey().getU());
  }
}
