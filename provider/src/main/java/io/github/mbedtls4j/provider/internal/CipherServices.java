package io.github.mbedtls4j.provider.internal;

import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import io.github.mbedtls4j.nativeloader.handle.ContextType;
import io.github.mbedtls4j.provider.internal.cipher.Arc4Spi;
import io.github.mbedtls4j.provider.internal.cipher.BlockCipherSpi;
import io.github.mbedtls4j.provider.internal.cipher.CcmSpi;
import io.github.mbedtls4j.provider.internal.cipher.ChaCha20Poly1305Spi;
import io.github.mbedtls4j.provider.internal.cipher.ChaCha20Spi;
import io.github.mbedtls4j.provider.internal.cipher.GcmSpi;
import io.github.mbedtls4j.provider.internal.cipher.ModeName;
import io.github.mbedtls4j.provider.internal.cipher.ModeName.Family;
import io.github.mbedtls4j.provider.internal.cipher.Padding;
import io.github.mbedtls4j.provider.internal.cipher.XtsSpi;
import java.util.List;
import java.util.Map;

/** The rows of symmetric ciphers. */
final class CipherServices extends ServiceTable {

  @Override
  void fill() {
    blockCipher(CipherKind.AES, oid(AES));
    for (int bits = 128; bits <= 256; bits += 64) {
      // 1 to 4 are modes of AES-128, 21 to 24 of AES-192, 41 to 44 of AES-256.
      int arc = (bits - 128) / 64 * 20;
      fixedKey(CipherKind.AES, bits, Family.ECB, oid(AES + "." + (arc + 1)));
      fixedKey(CipherKind.AES, bits, Family.CBC, oid(AES + "." + (arc + 2)));
      fixedKey(CipherKind.AES, bits, Family.OFB, oid(AES + "." + (arc + 3)));
      fixedKey(CipherKind.AES, bits, Family.CFB, oid(AES + "." + (arc + 4)));
      gcm(CipherKind.AES, bits, oid(AES + "." + (arc + 6)));
    }
    gcm(CipherKind.AES, 0, List.of());
    for (CipherKind kind : new CipherKind[] {CipherKind.ARIA, CipherKind.CAMELLIA}) {
      blockCipher(kind, List.of());
      gcm(kind, 0, List.of());
      ccm(kind);
    }
    blockCipher(CipherKind.DES, List.of());
    blockCipher(CipherKind.DESEDE, List.of("TripleDES"));
    blockCipher(CipherKind.BLOWFISH, List.of());
    blockCipher(CipherKind.XTEA, List.of());
    ccm(CipherKind.AES);
    streamCiphers();
    add(
        "Cipher",
        "AES/XTS/NoPadding",
        List.of(),
        RAW_KEYS,
        "MBEDTLS_AES_C, MBEDTLS_CIPHER_MODE_XTS",
        () -> ContextType.AES_XTS.size() > 0,
        XtsSpi.class,
        XtsSpi::new);
  }

  /** A cipher in any of the modes without authentication. */
  private void blockCipher(CipherKind kind, List<String> aliases) {
    // A mode that is not listed makes the JCA go on to the next provider.
    add(
        "Cipher",
        kind.standardName(),
        aliases,
        Map.of(
            "SupportedKeyFormats",
            "RAW",
            "SupportedModes",
            ModeName.names(kind),
            "SupportedPaddings",
            Padding.names()),
        kind.feature(),
        () -> kind.supports(CipherKind.Mode.ECB),
        BlockCipherSpi.class,
        provider -> new BlockCipherSpi(provider, kind));
  }

  private void fixedKey(CipherKind kind, int bits, Family mode, List<String> aliases) {
    add(
        "Cipher",
        kind.standardName() + "_" + bits + "/" + mode + "/NoPadding",
        aliases,
        RAW_KEYS,
        kind.feature() + (mode == Family.CBC ? ", MBEDTLS_CIPHER_MODE_CBC" : ""),
        () -> kind.supports(mode == Family.CBC ? CipherKind.Mode.CBC : CipherKind.Mode.ECB),
        BlockCipherSpi.class,
        provider -> new BlockCipherSpi(provider, kind, bits / 8, ModeName.of(mode), Padding.NONE));
  }

  private void gcm(CipherKind kind, int bits, List<String> aliases) {
    add(
        "Cipher",
        kind.standardName() + (bits == 0 ? "" : "_" + bits) + "/GCM/NoPadding",
        aliases,
        Map.of("SupportedKeyFormats", "RAW", "SupportedModes", "GCM"),
        kind.feature() + ", MBEDTLS_GCM_C",
        () -> ContextType.GCM.size() > 0 && kind.supports(CipherKind.Mode.ECB),
        GcmSpi.class,
        provider -> new GcmSpi(provider, kind, bits / 8));
  }

  private void ccm(CipherKind kind) {
    add(
        "Cipher",
        kind.standardName() + "/CCM/NoPadding",
        List.of(),
        Map.of("SupportedKeyFormats", "RAW", "SupportedModes", "CCM"),
        kind.feature() + ", MBEDTLS_CCM_C",
        () -> ContextType.CCM.size() > 0 && kind.supports(CipherKind.Mode.ECB),
        CcmSpi.class,
        provider -> new CcmSpi(provider, kind, 0));
  }

  private void streamCiphers() {
    add(
        "Cipher",
        "ChaCha20",
        List.of(),
        RAW_KEYS,
        "MBEDTLS_CHACHA20_C",
        () -> ContextType.CHACHA20.size() > 0,
        ChaCha20Spi.class,
        ChaCha20Spi::new);
    add(
        "Cipher",
        "ChaCha20-Poly1305",
        oid(CHACHA20_POLY1305),
        RAW_KEYS,
        "MBEDTLS_CHACHAPOLY_C",
        () -> ContextType.CHACHAPOLY.size() > 0,
        ChaCha20Poly1305Spi.class,
        ChaCha20Poly1305Spi::new);
    add(
        "Cipher",
        "ARCFOUR",
        arcfourAliases(),
        Map.of(
            "SupportedKeyFormats",
            "RAW",
            "SupportedModes",
            "ECB",
            "SupportedPaddings",
            "NOPADDING"),
        "MBEDTLS_ARC4_C",
        () -> ContextType.ARC4.size() > 0,
        Arc4Spi.class,
        Arc4Spi::new);
  }
}
