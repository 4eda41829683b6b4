package io.github.mbedtls4j.provider.internal;

import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import io.github.mbedtls4j.nativeloader.handle.ContextType;
import io.github.mbedtls4j.provider.internal.cipher.GcmParametersSpi;
import io.github.mbedtls4j.provider.internal.cipher.IvParametersSpi;
import io.github.mbedtls4j.provider.internal.cipher.KeyWrapFormat;
import java.util.List;
import java.util.Map;

/** The rows of symmetric ciphers' parameters. */
final class CipherParameterServices extends ServiceTable {
  @Override
  void fill() {
    ivParameters(CipherKind.AES, oid(AES));
    ivParameters(CipherKind.ARIA, List.of());
    ivParameters(CipherKind.CAMELLIA, List.of());
    ivParameters(CipherKind.DES, List.of());
    ivParameters(CipherKind.DESEDE, List.of("TripleDES"));
    ivParameters(CipherKind.BLOWFISH, List.of());
    ivParameters(CipherKind.XTEA, List.of());
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

  private static IvParametersSpi ivParameters(CipherKind kind) {
    int block = kind.blockLength();
    // Key wrapping has shorter ones.
    return block == 16
        ? new IvParametersSpi(block, KeyWrapFormat.KW.ivLength(), KeyWrapFormat.KWP.ivLength())
        : new IvParametersSpi(block);
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
        provider -> ivParameters(kind));
  }
}
