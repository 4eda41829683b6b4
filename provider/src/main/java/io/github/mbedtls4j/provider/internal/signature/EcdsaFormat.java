package io.github.mbedtls4j.provider.internal.signature;

import io.github.mbedtls4j.nativeloader.handle.Curve;
import io.github.mbedtls4j.provider.internal.key.Der;
import io.github.mbedtls4j.provider.internal.key.DerReader;
import io.github.mbedtls4j.provider.internal.key.Unsigned;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SignatureException;
import java.util.Arrays;

/** How an ECDSA signature is written. */
public enum EcdsaFormat {
  /** {@code Ecdsa-Sig-Value} of RFC 3279. */
  DER {
    @Override
    byte[] encode(byte[] halves) {
      int length = halves.length / 2;
      return Der.sequence(
          Der.integer(Unsigned.number(Arrays.copyOf(halves, length))),
          Der.integer(Unsigned.number(Arrays.copyOfRange(halves, length, halves.length))));
    }

    @Override
    BigInteger[] decode(byte[] signature, Curve curve) throws SignatureException {
      if (signature == null) {
        throw new SignatureException("Invalid encoding for signature: null");
      }
      try {
        DerReader outer = DerReader.of(signature);
        DerReader content = outer.enter(Der.SEQUENCE);
        outer.end();
        BigInteger[] halves = {content.integer(), content.integer()};
        content.end();
        return halves;
      } catch (IOException e) {
        throw new SignatureException("Invalid encoding for signature", e);
      }
    }
  },

  /** IEEE P1363: both halves in the length of the order. */
  P1363 {
    @Override
    byte[] encode(byte[] halves) {
      return halves;
    }

    @Override
    BigInteger[] decode(byte[] signature, Curve curve) {
      // Null must fail after the message was taken.
      int length = curve.orderLength();
      if (signature.length != 2 * length) {
        return new BigInteger[0];
      }
      return new BigInteger[] {
        Unsigned.number(Arrays.copyOf(signature, length)),
        Unsigned.number(Arrays.copyOfRange(signature, length, 2 * length))
      };
    }
  };

  /** Writes a signature from its halves r and s, each in the length of the order. */
  abstract byte[] encode(byte[] halves);

  /**
   * Reads r and s; empty for a signature that can only be wrong.
   *
   * @throws SignatureException if the signature is malformed
   */
  abstract BigInteger[] decode(byte[] signature, Curve curve) throws SignatureException;
}
