package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Cipher;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

/** The block ciphers of Mbed TLS. */
public enum CipherKind {
  AES(
      List.of("AES", "Rijndael"),
      Cipher.MBEDTLS_CIPHER_ID_AES,
      16,
      bytes -> bytes == 16 || bytes == 24 || bytes == 32),
  ARIA(
      List.of("ARIA"),
      Cipher.MBEDTLS_CIPHER_ID_ARIA,
      16,
      bytes -> bytes == 16 || bytes == 24 || bytes == 32),
  CAMELLIA(
      List.of("Camellia"),
      Cipher.MBEDTLS_CIPHER_ID_CAMELLIA,
      16,
      bytes -> bytes == 16 || bytes == 24 || bytes == 32),
  DES(List.of("DES"), Cipher.MBEDTLS_CIPHER_ID_DES, 8, bytes -> bytes == 8),
  /** Triple DES with three keys, or with two of which the first comes again. */
  DESEDE(
      List.of("DESede", "TripleDES"),
      Cipher.MBEDTLS_CIPHER_ID_3DES,
      8,
      bytes -> bytes == 16 || bytes == 24),
  BLOWFISH(
      List.of("Blowfish"),
      Cipher.MBEDTLS_CIPHER_ID_BLOWFISH,
      8,
      bytes -> bytes >= 4 && bytes <= 56),
  /** Apart from the library's cipher layer: see {@link XteaContext}. */
  XTEA(List.of("XTEA"), Cipher.MBEDTLS_CIPHER_ID_NONE, 8, bytes -> bytes == 16);

  /** A mode of operation that the library implements for some ciphers. */
  public enum Mode {
    ECB,
    CBC,
    CTR,
    /** Cipher feedback of whole blocks. */
    CFB,
    /** Output feedback of whole blocks. */
    OFB;

    /** Whether it transforms any number of bytes, and not whole blocks alone. */
    public boolean streams() {
      return this != ECB && this != CBC;
    }
  }

  /** Constants of the library by its names for them. */
  private static final Map<String, Long> INFOS = new ConcurrentHashMap<>();

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

  /** The option that a build must have for this cipher. */
  public String feature() {
    return "MBEDTLS_" + (this == DESEDE ? DES : this) + "_C";
  }

  /** Whether the loaded library has the cipher in this mode. */
  public boolean supports(Mode mode) {
    if (this == XTEA) {
      return (mode == Mode.ECB || mode == Mode.CBC) && XteaContext.supported();
    }
    return info(mode, blockLength == 8 ? 24 : 16) != 0;
  }

  /** The {@code mbedtls_cipher_info_t}, by the library's own name for it; 0 if there is none. */
  long info(Mode mode, int keyBytes) {
    String cipher =
        switch (this) {
          case DES, BLOWFISH -> name();
          case DESEDE -> keyBytes == 16 ? "DES-EDE" : "DES-EDE3";
          default -> name() + "-" + keyBytes * 8;
        };
    String suffix = mode == Mode.CFB ? "CFB" + blockLength * 8 : mode.name();
    // The library compares the name with all that it knows.
    return INFOS.computeIfAbsent(cipher + "-" + suffix, CipherKind::infoNamed);
  }

  private static long infoNamed(String cipher) {
    try (NativeBuffer name = NativeBuffer.ofCString(cipher)) {
      return Cipher.mbedtls_cipher_info_from_string(name.address());
    }
  }
}
