package io.github.mbedtls4j.provider.internal;

import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import io.github.mbedtls4j.nativeloader.handle.ContextType;
import io.github.mbedtls4j.nativeloader.handle.Drbg;
import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.nativeloader.handle.Poly1305Mac;
import io.github.mbedtls4j.provider.internal.digest.DigestSpi;
import io.github.mbedtls4j.provider.internal.mac.CmacSpi;
import io.github.mbedtls4j.provider.internal.mac.GmacSpi;
import io.github.mbedtls4j.provider.internal.mac.HmacSpi;
import io.github.mbedtls4j.provider.internal.mac.Poly1305Spi;
import io.github.mbedtls4j.provider.internal.random.CtrDrbgSpi;
import io.github.mbedtls4j.provider.internal.random.DrbgSpi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rows of digests, MACs and random generators. */
final class DigestServices extends ServiceTable {

  @Override
  void fill() {
    digests();
    macs();
    otherMacs();
    random();
  }

  private void digests() {
    for (Hash hash : Hash.values()) {
      add(
          "MessageDigest",
          hash.standardName(),
          digestAliases(hash),
          Map.of("ImplementedIn", "Software"),
          needs(hash),
          hash::supported,
          DigestSpi.class,
          provider -> new DigestSpi(hash));
    }
  }

  private static List<String> digestAliases(Hash hash) {
    List<String> aliases = new ArrayList<>();
    switch (hash) {
      case SHA1 -> aliases.addAll(List.of("SHA", "SHA1"));
      case SHA224, SHA256, SHA384, SHA512, SHA512_224, SHA512_256 ->
          aliases.add(hash.compactName());
      case RIPEMD160 -> aliases.add("RIPEMD-160");
      default -> {}
    }
    aliases.addAll(oid(hash.oid()));
    return aliases;
  }

  private void macs() {
    for (Hash hash : Hash.values()) {
      add(
          "Mac",
          "Hmac" + hash.compactName(),
          hmacAliases(hash),
          RAW_KEYS,
          needs(hash),
          hash::supported,
          HmacSpi.class,
          provider -> new HmacSpi(hash));
    }
  }

  private void otherMacs() {
    for (CipherKind kind :
        new CipherKind[] {
          CipherKind.AES, CipherKind.ARIA, CipherKind.CAMELLIA, CipherKind.DESEDE
        }) {
      add(
          "Mac",
          kind.standardName() + "CMAC",
          List.of(),
          RAW_KEYS,
          kind.feature() + ", MBEDTLS_CIPHER_MODE_CBC",
          () -> kind.supports(CipherKind.Mode.CBC),
          CmacSpi.class,
          provider -> new CmacSpi(kind));
    }
    add(
        "Mac",
        "AESGMAC",
        List.of("AES-GMAC"),
        RAW_KEYS,
        "MBEDTLS_AES_C, MBEDTLS_GCM_C",
        () -> ContextType.GCM.size() > 0,
        GmacSpi.class,
        provider -> new GmacSpi(CipherKind.AES));
    add(
        "Mac",
        "Poly1305",
        List.of(),
        RAW_KEYS,
        "MBEDTLS_POLY1305_C",
        Poly1305Mac::supported,
        Poly1305Spi.class,
        provider -> new Poly1305Spi());
  }

  private void random() {
    add(
        "SecureRandom",
        "CTR_DRBG",
        List.of("MbedTLS"),
        Map.of("ThreadSafe", "true", "ImplementedIn", "Software"),
        "MBEDTLS_CTR_DRBG_C",
        () -> true,
        CtrDrbgSpi.class,
        provider -> new CtrDrbgSpi());
    drbg("DRBG", Drbg.Mechanism.CTR);
    drbg("HMAC_DRBG", Drbg.Mechanism.HMAC);
  }

  private void drbg(String name, Drbg.Mechanism mechanism) {
    add(
        "SecureRandom",
        name,
        List.of(),
        Map.of("ThreadSafe", "true", "ImplementedIn", "Software"),
        "MBEDTLS_" + mechanism + "_DRBG_C",
        mechanism::supported,
        DrbgSpi.class,
        (ParameterFactory) (provider, parameters) -> DrbgSpi.of(mechanism, parameters));
  }
}
