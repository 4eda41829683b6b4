package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.Rng;
import io.github.mbedtls4j.nativeloader.handle.Xdh;
import io.github.mbedtls4j.nativeloader.handle.XdhCurve;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;

/** Generates X25519 and X448 key pairs from the library's own randomness. */
public final class XdhKeyPairGeneratorSpi extends KeyPairGeneratorSpi {
  private final XdhCurve required;
  private XdhCurve curve;

  /** A generator for one curve, or if null for any, X25519 by default. */
  public XdhKeyPairGeneratorSpi(XdhCurve required) {
    this.required = required;
    this.curve = required == null ? XdhCurve.X25519 : required;
  }

  @Override
  public void initialize(int keysize, SecureRandom random) {
    XdhCurve wanted =
        Arrays.stream(XdhCurve.values())
            .filter(each -> each.supported() && each.bits() == keysize)
            .findAny()
            .orElseThrow(() -> new InvalidParameterException("Unsupported size: " + keysize));
    if (required != null && required != wanted) {
      throw new InvalidParameterException("Parameters must be " + required);
    }
    curve = wanted;
  }

  @Override
  public void initialize(AlgorithmParameterSpec params, SecureRandom random)
      throws InvalidAlgorithmParameterException {
    XdhCurve wanted =
        XdhCurves.of(params)
            .orElseThrow(
                () -> new InvalidAlgorithmParameterException("Unsupported parameters: " + params));
    if (required != null && required != wanted) {
      // Unchecked, as the JDK's.
      throw new InvalidParameterException("Parameters must be " + required);
    }
    curve = wanted;
  }

  @Override
  public KeyPair generateKeyPair() {
    byte[] scalar = Rng.bytes(curve.length());
    try {
      byte[] u = Xdh.agree(curve, scalar, curve.basePoint());
      return new KeyPair(XdhPublic.of(curve, u), XdhPrivate.of(curve, scalar));
    } catch (InvalidKeyException e) {
      throw new ProviderException("the library generated an unusable key", e);
    } finally {
      Arrays.fill(scalar, (byte) 0);
    }
  }
}
