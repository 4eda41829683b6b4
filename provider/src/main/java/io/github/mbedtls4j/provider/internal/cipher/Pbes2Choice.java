package io.github.mbedtls4j.provider.internal.cipher;

import java.security.InvalidAlgorithmParameterException;
import java.security.Key;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.interfaces.PBEKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEParameterSpec;

/** Chooses salt, iteration count and IV of PBES2, with the checks and defaults of SunJCE. */
final class Pbes2Choice {
  private static final int LEAST_SALT = 8;
  private static final int DEFAULT_SALT = 20;
  private static final int DEFAULT_ITERATIONS = 4096;
  private static final int IV = 16;

  private Pbes2Choice() {}

  /** What is used when the caller gives nothing. */
  static PBEParameterSpec standard() {
    return withDefaults(null, 0, null, null);
  }

  /** Salt and iteration count come from the key if there are no parameters. */
  static PBEParameterSpec of(
      Key key, AlgorithmParameterSpec params, boolean encrypting, SecureRandom random)
      throws InvalidAlgorithmParameterException {
    byte[] salt = null;
    int iterations = 0;
    AlgorithmParameterSpec iv = null;
    if (params instanceof PBEParameterSpec pbe) {
      salt = pbe.getSalt();
      iterations = pbe.getIterationCount();
      iv = pbe.getParameterSpec();
    } else if (params != null) {
      throw new InvalidAlgorithmParameterException("Wrong parameter type: PBE expected");
    } else if (key instanceof PBEKey pbe) {
      salt = pbe.getSalt();
      iterations = pbe.getIterationCount();
    }
    if (salt != null && salt.length < LEAST_SALT) {
      throw new InvalidAlgorithmParameterException("Salt must be at least 8 bytes long");
    }
    if (iterations < 0) {
      throw new InvalidAlgorithmParameterException("Iteration count must be a positive number");
    }
    if (!(iv instanceof IvParameterSpec) && (iv != null || !encrypting)) {
      throw new InvalidAlgorithmParameterException(
          "Wrong parameter type: IvParameterSpec expected");
    }
    if (salt == null && !encrypting) {
      throw new InvalidAlgorithmParameterException("Salt needed for decryption");
    }
    return withDefaults(salt, iterations, (IvParameterSpec) iv, random);
  }

  private static PBEParameterSpec withDefaults(
      byte[] salt, int iterations, IvParameterSpec iv, SecureRandom random) {
    return new PBEParameterSpec(
        salt == null ? SymmetricCipherSpi.randomIv(DEFAULT_SALT, random) : salt,
        iterations == 0 ? DEFAULT_ITERATIONS : iterations,
        iv == null ? new IvParameterSpec(SymmetricCipherSpi.randomIv(IV, random)) : iv);
  }
}
