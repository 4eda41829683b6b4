package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.Curve;
import io.github.mbedtls4j.nativeloader.handle.EcGroup;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGeneratorSpi;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.List;

/** Generates EC key pairs. Randomness is the library's own, whatever the caller passes. */
public final class EcKeyPairGeneratorSpi extends KeyPairGeneratorSpi {
  /** Null as long as the caller names none. */
  private Curve curve;

  @Override
  public void initialize(int keysize, SecureRandom random) {
    curve =
        Curves.ofSize(keysize)
            .orElseThrow(
                () ->
                    new InvalidParameterException(
                        "No EC parameters available for key size " + keysize + " bits"));
  }

  @Override
  public void initialize(AlgorithmParameterSpec params, SecureRandom random)
      throws InvalidAlgorithmParameterException {
    if (params instanceof ECGenParameterSpec named) {
      String name = named.getName();
      curve =
          Curves.named(name)
              .orElseThrow(
                  () -> new InvalidAlgorithmParameterException("Unknown curve name: " + name));
    } else if (params instanceof ECParameterSpec values) {
      curve =
          Curves.of(values)
              .orElseThrow(
                  () -> new InvalidAlgorithmParameterException("Curve not supported: " + params));
    } else {
      throw new InvalidAlgorithmParameterException(
          "ECParameterSpec or ECGenParameterSpec required for EC");
    }
  }

  @Override
  public KeyPair generateKeyPair() {
    int bits = RunningJdk.defaultEcBits();
    Curve used =
        curve != null
            ? curve
            : Curves.ofSize(bits)
                .orElseThrow(
                    () -> new ProviderException("the library has no default curve of " + bits));
    List<byte[]> pair = EcGroup.generate(used);
    return new KeyPair(
        EcPublic.generated(used, pair.get(1)), EcPrivate.generated(used, pair.get(0)));
  }
}
