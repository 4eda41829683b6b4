package io.github.mbedtls4j.provider.internal;

import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.provider.internal.cipher.DesEdeWrapSpi;
import io.github.mbedtls4j.provider.internal.cipher.KeyWrapFormat;
import io.github.mbedtls4j.provider.internal.cipher.KeyWrapSpi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows of ciphers that wrap keys. */
final class KeyWrapServices extends ServiceTable {
  @Override
  void fill() {
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
}
