package io.github.mbedtls4j.provider.internal.pbe;

import io.github.mbedtls4j.provider.internal.kdf.Passwords;
import java.security.InvalidKeyException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactorySpi;
import javax.crypto.spec.PBEKeySpec;

/** Makes keys out of passwords, for the ciphers of PKCS #5 and PKCS #12. */
public final class PbeKeyFactorySpi extends SecretKeyFactorySpi {
  /** Names of keys that any of these factories takes, RC2's of SunJCE among them. */
  private static final Set<String> NAMES = names();

  private final String algorithm;

  /** A factory of keys named {@code algorithm}. */
  public PbeKeyFactorySpi(String algorithm) {
    this.algorithm = algorithm;
  }

  private static Set<String> names() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(Set.of("PBEWithMD5AndDES", "PBEWithMD5AndTripleDES", "PBEWithSHA1AndDESede"));
    for (String cipher : new String[] {"RC2", "RC4"}) {
      names.add("PBEWithSHA1And" + cipher + "_40");
      names.add("PBEWithSHA1And" + cipher + "_128");
    }
    for (Pbes2 scheme : Pbes2.all()) {
      names.add(scheme.name());
    }
    return names;
  }

  private static void check(SecretKey key) throws InvalidKeyException {
    if (key == null
        || key.getAlgorithm() == null
        || !NAMES.contains(key.getAlgorithm())
        || !"RAW".equalsIgnoreCase(key.getFormat())) {
      throw new InvalidKeyException("Invalid key format/algorithm");
    }
  }

  @Override
  protected SecretKey engineGenerateSecret(KeySpec spec) throws InvalidKeySpecException {
    if (!(spec instanceof PBEKeySpec pbe)) {
      throw new InvalidKeySpecException("Invalid key spec");
    }
    return new PbeKey(algorithm, pbe);
  }

  @Override
  protected KeySpec engineGetKeySpec(SecretKey key, Class<?> wanted)
      throws InvalidKeySpecException {
    try {
      check(key);
    } catch (InvalidKeyException e) {
      throw new InvalidKeySpecException(e.getMessage(), e);
    }
    if (wanted == null || !wanted.isAssignableFrom(PBEKeySpec.class)) {
      throw new InvalidKeySpecException("Invalid key spec");
    }
    return spec(key);
  }

  private static PBEKeySpec spec(SecretKey key) {
    byte[] bytes = key.getEncoded();
    char[] chars = Passwords.chars(bytes);
    try {
      return new PBEKeySpec(chars);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(chars, '\0');
    }
  }

  @Override
  protected SecretKey engineTranslateKey(SecretKey key) throws InvalidKeyException {
    check(key);
    if (key instanceof PbeKey) {
      return key;
    }
    PBEKeySpec spec = spec(key);
    try {
      return new PbeKey(algorithm, spec);
    } finally {
      spec.clearPassword();
    }
  }
}
