package io.github.mbedtls4j.provider.internal;

import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import io.github.mbedtls4j.nativeloader.handle.ContextType;
import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.provider.internal.cipher.Arc4Spi;
import io.github.mbedtls4j.provider.internal.cipher.BlockCipherSpi;
import io.github.mbedtls4j.provider.internal.cipher.CcmSpi;
import io.github.mbedtls4j.provider.internal.cipher.ChaCha20Poly1305Spi;
import io.github.mbedtls4j.provider.internal.cipher.ChaCha20Spi;
import io.github.mbedtls4j.provider.internal.cipher.DesEdeWrapSpi;
import io.github.mbedtls4j.provider.internal.cipher.GcmParametersSpi;
import io.github.mbedtls4j.provider.internal.cipher.GcmSpi;
import io.github.mbedtls4j.provider.internal.cipher.IvParametersSpi;
import io.github.mbedtls4j.provider.internal.cipher.KeyWrapFormat;
import io.github.mbedtls4j.provider.internal.cipher.KeyWrapSpi;
import io.github.mbedtls4j.provider.internal.cipher.ModeName;
import io.github.mbedtls4j.provider.internal.cipher.ModeName.Family;
import io.github.mbedtls4j.provider.internal.cipher.Padding;
import io.github.mbedtls4j.provider.internal.cipher.XtsSpi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows of symmetric ciphers, their parameters and keys. */
final class CipherServices extends ServiceTable {

  @Override
  void fill() {
    ciphers();
    symmetricParameters();
  }

  private static final String AES = "2.16.840.1.101.3.4.1";

  private void ciphers() {
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
    ccm(CipherKind.AES);
    streamCiphers();
    for (int bits = 0; bits <= 256; bits = bits == 0 ? 128 : bits + 64) {
      keyWraps(CipherKind.AES, bits);
    }
    keyWraps(CipherKind.ARIA, 0);
    keyWraps(CipherKind.CAMELLIA, 0);
    add(
        "Cipher",
        "DESedeWrap",
        List.of(),
        Map.of(
            "SupportedKeyFormats",
            "RAW",
            "SupportedModes",
            "CBC",
            "SupportedPaddings",
            "NOPADDING"),
        CipherKind.DESEDE.feature() + ", MBEDTLS_CIPHER_MODE_CBC, MBEDTLS_SHA1_C",
        () -> CipherKind.DESEDE.supports(CipherKind.Mode.CBC) && Hash.SHA1.supported(),
        DesEdeWrapSpi.class,
        DesEdeWrapSpi::new);
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

  private void keyWraps(CipherKind kind, int bits) {
    String suffix = bits == 0 ? "" : "_" + bits;
    int arc = (bits - 128) / 64 * 20;
    for (KeyWrapFormat format : KeyWrapFormat.values()) {
      List<String> aliases = new ArrayList<>();
      if (format != KeyWrapFormat.KW_PADDED) {
        boolean padded = format == KeyWrapFormat.KWP;
        aliases.add(kind.standardName() + (padded ? "WrapPad" : "Wrap") + suffix);
        if (bits != 0) {
          aliases.addAll(oid(AES + "." + (arc + (padded ? 8 : 5))));
        }
      }
      add(
          "Cipher",
          kind.standardName() + suffix + "/" + format.mode() + "/" + format.padding(),
          aliases,
          RAW_KEYS,
          kind.feature(),
          () -> kind.supports(CipherKind.Mode.ECB),
          KeyWrapSpi.class,
          provider -> new KeyWrapSpi(provider, kind, bits / 8, format));
    }
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

  private static final String CHACHA20_POLY1305 = "1.2.840.113549.1.9.16.3.18";

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

  private void symmetricParameters() {
    ivParameters(CipherKind.AES, oid(AES));
    ivParameters(CipherKind.ARIA, List.of());
    ivParameters(CipherKind.CAMELLIA, List.of());
    ivParameters(CipherKind.DES, List.of());
    ivParameters(CipherKind.DESEDE, List.of("TripleDES"));
    ivParameters(CipherKind.BLOWFISH, List.of());
    add(
        "AlgorithmParameters",
        "ChaCha20-Poly1305",
        oid(CHACHA20_POLY1305),
        Map.of(),
        "MBEDTLS_CHACHAPOLY_C",
        () -> ContextType.CHACHAPOLY.size() > 0,
        IvParametersSpi.class,
        provider -> new IvParametersSpi(12));
    add(
        "AlgorithmParameters",
        "CCM",
        List.of(),
        Map.of(),
        "MBEDTLS_CCM_C",
        () -> ContextType.CCM.size() > 0,
        GcmParametersSpi.class,
        provider -> GcmParametersSpi.ccm());
    add(
        "AlgorithmParameters",
        "GCM",
        List.of(),
        Map.of(),
        "MBEDTLS_GCM_C",
        () -> ContextType.GCM.size() > 0,
        GcmParametersSpi.class,
        provider -> GcmParametersSpi.gcm());
  }

  private void ivParameters(CipherKind kind, List<String> aliases) {
    add(
        "AlgorithmParameters",
        kind.standardName(),
        aliases,
        Map.of(),
        kind.feature(),
        () -> kind.supports(CipherKind.Mode.ECB),
        IvParametersSpi.class,
        provider -> new IvParametersSpi(kind.blockLength()));
  }
}
