package io.github.mbedtls4j.provider.internal.rsa;

import javax.crypto.BadPaddingException;

/** Turns data into a number for RSA and back. */
interface RsaPadding {
  /** How much data fits at most. */
  int maxData();

  /** A number as long as the modulus. */
  byte[] pad(byte[] data);

  /** The data in a number as long as the modulus. */
  byte[] unpad(byte[] number) throws BadPaddingException;
}
