package io.github.mbedtls4j.provider.internal.rsa;

import java.security.InvalidKeyException;
import java.util.Locale;
import javax.crypto.NoSuchPaddingException;

/** The paddings by the names of the JCA. */
enum RsaPaddingKind {
  NONE,
  PKCS1,
  OAEP;

  static RsaPaddingKind of(String name) throws NoSuchPaddingException {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("nopadding")) {
      return NONE;
    }
    if (lower.equals("pkcs1padding")) {
      return PKCS1;
    }
    if (lower.equals("oaeppadding") || lower.startsWith("oaepwith")) {
      return OAEP;
    }
    throw new NoSuchPaddingException("Padding " + name + " unavailable with RSA");
  }

  /**
   * The padding for a modulus of {@code length} bytes.
   *
   * @param signing whether the private key encrypts or the public key decrypts
   * @param settings those of OAEP
   */
  RsaPadding padding(int length, boolean signing, OaepSettings settings)
      throws InvalidKeyException {
    return switch (this) {
      case NONE -> new NoRsaPadding(length);
      case PKCS1 -> new Pkcs1Padding(length, signing ? Pkcs1Padding.PRIVATE : Pkcs1Padding.PUBLIC);
      case OAEP -> settings.padding(length);
    };
  }
}
