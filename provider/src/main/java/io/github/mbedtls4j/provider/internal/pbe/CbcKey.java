package io.github.mbedtls4j.provider.internal.pbe;

import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import io.github.mbedtls4j.provider.internal.cipher.PaddedCbc;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.BadPaddingException;

/**
 * A block cipher in CBC mode with a key of some length, as key files name it.
 *
 * @param kind the cipher
 * @param length of the key in bytes
 */
public record CbcKey(CipherKind kind, int length) {
  static final CbcKey DES = new CbcKey(CipherKind.DES, 8);
  static final CbcKey TRIPLE_DES = new CbcKey(CipherKind.DESEDE, 24);
  static final CbcKey TWO_KEY_TRIPLE_DES = new CbcKey(CipherKind.DESEDE, 16);

  private static final Map<String, CbcKey> BY_OID =
      Map.of(
          "2.16.840.1.101.3.4.1.2", new CbcKey(CipherKind.AES, 16),
          "2.16.840.1.101.3.4.1.22", new CbcKey(CipherKind.AES, 24),
          "2.16.840.1.101.3.4.1.42", new CbcKey(CipherKind.AES, 32),
          "1.2.840.113549.3.7", TRIPLE_DES,
          "1.3.14.3.2.7", DES);

  private static final Map<String, CbcKey> BY_PEM_NAME =
      Map.of(
          "AES-128-CBC", new CbcKey(CipherKind.AES, 16),
          "AES-192-CBC", new CbcKey(CipherKind.AES, 24),
          "AES-256-CBC", new CbcKey(CipherKind.AES, 32),
          "DES-EDE3-CBC", TRIPLE_DES,
          "DES-CBC", DES);

  private static final String RC2_OID = "1.2.840.113549.3.2";

  /** The cipher of an object identifier. */
  static CbcKey ofOid(String oid) throws IOException {
    refuseRc2(oid);
    return available(BY_OID.get(oid), oid);
  }

  /** The cipher that the header {@code DEK-Info} of RFC 1421 names. */
  public static CbcKey ofPemName(String name) throws IOException {
    return available(BY_PEM_NAME.get(name), name);
  }

  private static CbcKey available(CbcKey key, String name) throws IOException {
    if (key == null) {
      throw new IOException("the key is encrypted with a cipher that is not known here: " + name);
    }
    return key.available();
  }

  /** Refuses what the loaded library was built without. */
  CbcKey available() throws IOException {
    if (!kind.supports(CipherKind.Mode.CBC)) {
      throw new IOException(
          "the key is encrypted with "
              + kind.standardName()
              + ", which the loaded Mbed TLS library lacks");
    }
    return this;
  }

  static void refuseRc2(String oid) throws IOException {
    if (oid.equals(RC2_OID)) {
      throw noRc2();
    }
  }

  static IOException noRc2() {
    return new IOException("the key is encrypted with RC2, which Mbed TLS does not have");
  }

  /** Refuses an IV that is not one block. */
  public void checkIv(byte[] iv) throws IOException {
    if (iv.length != kind.blockLength()) {
      throw new IOException(
          "IV of " + iv.length + " bytes, " + kind.standardName() + " has " + kind.blockLength());
    }
  }

  /** Decrypts, and overwrites the key. */
  public byte[] decrypt(byte[] key, byte[] iv, byte[] data) throws BadPaddingException {
    try {
      return PaddedCbc.decrypt(kind, key, iv, data);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
