package io.github.mbedtls4j.provider.internal.pbe;

import io.github.mbedtls4j.provider.internal.kdf.Passwords;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.interfaces.PBEKey;
import javax.crypto.spec.PBEParameterSpec;

/**
 * What a password-based MAC or PKCS #12 cipher starts from: the password of any provider's key, and
 * salt and iteration count out of the key, the parameters, or both if they agree.
 */
public final class PbeInput implements AutoCloseable {
  private static final int LEAST_SALT = 8;

  private final char[] password;
  private byte[] salt;
  private int iterations;

  private PbeInput(char[] password, byte[] salt, int iterations) {
    this.password = password;
    this.salt = salt;
    this.iterations = iterations;
  }

  /** Takes key and parameters as SunJCE does, and says what it misses as SunJCE does. */
  public static PbeInput of(Key key, AlgorithmParameterSpec params)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    PbeInput input = of(key);
    try {
      input.merge(params);
      return input;
    } catch (InvalidAlgorithmParameterException e) {
      input.close();
      throw e;
    }
  }

  private static PbeInput of(Key key) throws InvalidKeyException {
    if (key instanceof PBEKey pbe) {
      char[] password = pbe.getPassword();
      return new PbeInput(
          password == null ? new char[0] : password, pbe.getSalt(), pbe.getIterationCount());
    }
    if (!(key instanceof SecretKey)) {
      throw new InvalidKeyException("SecretKey of PBE type required");
    }
    byte[] bytes = passwordBytes(key);
    try {
      return new PbeInput(Passwords.chars(bytes), null, 0);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** The encoding of a key whose name says that it is a password. */
  public static byte[] passwordBytes(Key key) throws InvalidKeyException {
    String algorithm = key.getAlgorithm();
    byte[] bytes =
        algorithm != null && algorithm.regionMatches(true, 0, "PBE", 0, 3)
            ? key.getEncoded()
            : null;
    if (bytes == null) {
      throw new InvalidKeyException("Missing password");
    }
    return bytes;
  }

  private void merge(AlgorithmParameterSpec params) throws InvalidAlgorithmParameterException {
    if (params == null) {
      if (salt == null || iterations == 0) {
        throw new InvalidAlgorithmParameterException(
            "PBEParameterSpec required for salt and iteration count");
      }
    } else if (params instanceof PBEParameterSpec pbe) {
      if (salt != null && !Arrays.equals(salt, pbe.getSalt())) {
        throw new InvalidAlgorithmParameterException(
            "Inconsistent value of salt between key and params");
      }
      if (iterations != 0 && iterations != pbe.getIterationCount()) {
        throw new InvalidAlgorithmParameterException(
            "Different iteration count between key and params");
      }
      salt = pbe.getSalt();
      iterations = pbe.getIterationCount();
    } else {
      throw new InvalidAlgorithmParameterException("PBEParameterSpec type required");
    }
    if (salt.length < LEAST_SALT) {
      throw new InvalidAlgorithmParameterException("Salt must be at least 8 bytes long");
    }
    if (iterations <= 0) {
      throw new InvalidAlgorithmParameterException("IterationCount must be a positive number");
    }
  }

  /** The password as PKCS #5 takes it, in UTF-8; the caller wipes it. */
  public byte[] utf8() {
    return Passwords.utf8(password);
  }

  /** The password as PKCS #12 takes it; the caller wipes it. */
  public byte[] bmpString() {
    return Passwords.bmpString(password);
  }

  /** The salt. */
  public byte[] salt() {
    return salt;
  }

  /** The iteration count. */
  public int iterations() {
    return iterations;
  }

  @Override
  public void close() {
    Arrays.fill(password, '\0');
  }
}
