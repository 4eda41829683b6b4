package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Cipher;
import java.util.List;
import java.util.function.IntPredicate;

/** The block ciphers of Mbed TLS. */
public enum CipherKind {
  AES(
      List.of("AES", "Rijndael"),
      Cipher.MBEDTLS_CIPHER_ID_AES,
      16,
      bytes -> bytes == 16 || bytes == 24 || bytes == 32);

  /** A mode of operation that the library implements. */
  public enum Mode {
    ECB,
    CBC,
    CTR;

    /** Whether it transforms any number of bytes, and not whole blocks alone. */
    public boolean streams() {
      return this == CTR;
    }
  }

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> keyNames;

  private final int cipherId;
  private final int blockLength;

  @SuppressWarnings("ImmutableEnumChecker") // lambdas without captures
  private final IntPredicate keyLengths;

  CipherKind(List<String> keyNames, int cipherId, int blockLength, IntPredicate keyLengths) {
    this.keyNames = keyNames;
    this.cipherId = cipherId;
    this.blockLength = blockLength;
    this.keyLengths = keyLengths;
  }

  /** The JCA standard name. */
  public String standardName() {
    return keyNames.get(0);
  }

  /** The algorithm names that a key may carry; the first is the JCA standard name. */
  public List<String> keyNames() {
    return keyNames;
  }

  /** Whether a key with this algorithm name, in any case, is for this cipher. */
  public boolean takesKeyNamed(String algorithm) {
    return keyNames.stream().anyMatch(name -> name.equalsIgnoreCase(algorithm));
  }

  /** The {@code mbedtls_cipher_id_t}. */
  public int cipherId() {
    return cipherId;
  }

  /** The block length in bytes. */
  public int blockLength() {
    return blockLength;
  }

  /** Whether a key may have this many bytes. */
  public boolean takesKeyOf(int bytes) {
    return keyLengths.test(bytes);
  }

  /** Whether the loaded library has the cipher in this mode. */
  public boolean supports(Mode mode) {
    return info(mode, 16) != 0;
  }

  /** The {@code mbedtls_cipher_info_t}, by the library's own name for it; 0 if there is none. */
  long info(Mode mode, int keyBytes) {
    try (NativeBuffer name = NativeBuffer.ofCString(name() + "-" + keyBytes * 8 + "-" + mode)) {
      return Cipher.mbedtls_cipher_info_from_string(name.address());
    }
  }
}
