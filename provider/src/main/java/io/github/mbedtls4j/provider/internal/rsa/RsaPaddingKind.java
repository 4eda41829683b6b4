package io.github.mbedtls4j.provider.internal.rsa;

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
}
