package io.github.mbedtls4j.provider.internal;

import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.provider.internal.cipher.Pbes2CipherSpi;
import io.github.mbedtls4j.provider.internal.kdf.HkdfFactorySpi;
import io.github.mbedtls4j.provider.internal.kdf.Pbkdf2FactorySpi;
import io.github.mbedtls4j.provider.internal.mac.PbeMacSpi;
import io.github.mbedtls4j.provider.internal.pbe.PbeKeyFactorySpi;
import io.github.mbedtls4j.provider.internal.pbe.Pbes2;
import io.github.mbedtls4j.provider.internal.pbe.Pbes2ParametersSpi;
import java.security.Provider;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The rows of key derivation and of what is protected by passwords. */
final class KdfServices extends ServiceTable {
  private static final EnumSet<Hash> HASHES = EnumSet.range(Hash.MD5, Hash.RIPEMD160);

  /** Those that RFC 5869 and its users name. */
  static final EnumSet<Hash> HKDF_HASHES =
      EnumSet.of(Hash.SHA1, Hash.SHA224, Hash.SHA256, Hash.SHA384, Hash.SHA512);

  @Override
  void fill() {
    pbkdf2();
    hkdf();
    pbeMacs();
    pbes2();
  }

  private void pbkdf2() {
    for (Hash hash : HASHES) {
      String name = "PBKDF2WithHmac" + hash.compactName();
      add(
          "SecretKeyFactory",
          name,
          // The identifier of PBKDF2, whose default pseudorandom function is HMAC with SHA-1.
          hash == Hash.SHA1 ? oid("1.2.840.113549.1.5.12") : List.of(),
          Map.of(),
          needs(hash),
          hash::supported,
          Pbkdf2FactorySpi.class,
          provider -> new Pbkdf2FactorySpi(name, hash));
    }
  }

  private void hkdf() {
    for (Hash hash : HKDF_HASHES) {
      add(
          "SecretKeyFactory",
          hkdf(hash),
          List.of(),
          Map.of(),
          needs(hash),
          hash::supported,
          HkdfFactorySpi.class,
          provider -> new HkdfFactorySpi(hash));
    }
    KdfApi.addTo(this);
  }

  static String hkdf(Hash hash) {
    return "HKDF-" + hash.compactName();
  }

  private void pbeMacs() {
    for (Hash hash : EnumSet.range(Hash.SHA1, Hash.SHA512_256)) {
      pbeMac("HmacPBE" + hash.compactName(), PbeMacSpi.Scheme.PKCS12, hash);
      pbeMac("PBEWithHmac" + hash.compactName(), PbeMacSpi.Scheme.PBMAC1, hash);
    }
  }

  private void pbeMac(String name, PbeMacSpi.Scheme scheme, Hash hash) {
    add(
        "Mac",
        name,
        List.of(),
        RAW_KEYS,
        needs(hash),
        hash::supported,
        PbeMacSpi.class,
        provider -> new PbeMacSpi(scheme, hash));
  }

  private void pbes2() {
    for (Pbes2 scheme : Pbes2.all()) {
      pbes2("Cipher", scheme, Pbes2CipherSpi.class, p -> new Pbes2CipherSpi(p, scheme));
      pbes2(
          "AlgorithmParameters",
          scheme,
          Pbes2ParametersSpi.class,
          p -> new Pbes2ParametersSpi(scheme));
      pbes2(
          "SecretKeyFactory",
          scheme,
          PbeKeyFactorySpi.class,
          p -> new PbeKeyFactorySpi(scheme.name()));
    }
    add(
        "AlgorithmParameters",
        "PBES2",
        oid("1.2.840.113549.1.5.13"),
        Map.of(),
        "MBEDTLS_AES_C",
        KdfServices::hasAesCbc,
        Pbes2ParametersSpi.class,
        provider -> new Pbes2ParametersSpi(null));
  }

  private void pbes2(String type, Pbes2 scheme, Class<?> spiClass, Function<Provider, Object> spi) {
    add(
        type,
        scheme.name(),
        List.of(),
        Map.of(),
        needs(scheme.hash()) + ", MBEDTLS_AES_C, MBEDTLS_CIPHER_MODE_CBC",
        () -> scheme.hash().supported() && hasAesCbc(),
        spiClass,
        spi);
  }

  private static boolean hasAesCbc() {
    return CipherKind.AES.supports(CipherKind.Mode.CBC);
  }
}
