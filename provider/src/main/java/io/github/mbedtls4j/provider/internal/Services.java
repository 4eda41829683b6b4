package io.github.mbedtls4j.provider.internal;

import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import io.github.mbedtls4j.nativeloader.handle.ContextType;
import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.provider.internal.agreement.EcdhSpi;
import io.github.mbedtls4j.provider.internal.cipher.BlockCipherSpi;
import io.github.mbedtls4j.provider.internal.cipher.GcmParametersSpi;
import io.github.mbedtls4j.provider.internal.cipher.GcmSpi;
import io.github.mbedtls4j.provider.internal.cipher.IvParametersSpi;
import io.github.mbedtls4j.provider.internal.cipher.Padding;
import io.github.mbedtls4j.provider.internal.digest.DigestSpi;
import io.github.mbedtls4j.provider.internal.key.Curves;
import io.github.mbedtls4j.provider.internal.key.EcKeyFactorySpi;
import io.github.mbedtls4j.provider.internal.key.EcKeyPairGeneratorSpi;
import io.github.mbedtls4j.provider.internal.key.EcParametersSpi;
import io.github.mbedtls4j.provider.internal.key.RsaKeyFactorySpi;
import io.github.mbedtls4j.provider.internal.key.RsaKeyPairGeneratorSpi;
import io.github.mbedtls4j.provider.internal.key.SecretKeyGeneratorSpi;
import io.github.mbedtls4j.provider.internal.key.SecretKeyGeneratorSpi.Sizes;
import io.github.mbedtls4j.provider.internal.mac.HmacSpi;
import io.github.mbedtls4j.provider.internal.random.CtrDrbgSpi;
import io.github.mbedtls4j.provider.internal.signature.EcdsaFormat;
import io.github.mbedtls4j.provider.internal.signature.EcdsaSignatureSpi;
import io.github.mbedtls4j.provider.internal.signature.RsaSignatureSpi;
import java.security.Provider;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of services: what the provider would offer on a library that lacks nothing. */
public final class Services {
  /** Keys that JCA may try us with: others go to the next provider without being asked about. */
  private static final Map<String, String> RSA_KEYS =
      Map.of(
          "SupportedKeyClasses",
          "java.security.interfaces.RSAPublicKey|java.security.interfaces.RSAPrivateKey",
          "SupportedKeyFormats",
          "X.509|PKCS#8");

  private static final Map<String, String> EC_KEYS =
      Map.of(
          "ImplementedIn",
          "Software",
          "KeySize",
          "256",
          "SupportedKeyClasses",
          "java.security.interfaces.ECPublicKey|java.security.interfaces.ECPrivateKey",
          "SupportedKeyFormats",
          "X.509|PKCS#8");
  private static final String AES = "2.16.840.1.101.3.4.1";
  private static final String DIGEST_ALGORITHM = "1.2.840.113549.2.";
  private static final Map<String, String> RAW_KEYS = Map.of("SupportedKeyFormats", "RAW");

  private final List<ServiceSpec> rows = new ArrayList<>();

  private Services() {}

  /** All rows, in the order of registration. */
  public static List<ServiceSpec> table() {
    Services services = new Services();
    services.digests();
    services.macs();
    services.ciphers();
    services.symmetricParameters();
    services.keyGenerators();
    services.random();
    services.keys();
    services.signatures();
    services.agreements();
    return List.copyOf(services.rows);
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

  /** The object identifiers of RFC 8018 (PKCS #5), which the JDK registers. */
  private static List<String> hmacAliases(Hash hash) {
    return switch (hash) {
      case SHA1 -> oid(DIGEST_ALGORITHM + 7);
      case SHA224 -> oid(DIGEST_ALGORITHM + 8);
      case SHA256 -> oid(DIGEST_ALGORITHM + 9);
      case SHA384 -> oid(DIGEST_ALGORITHM + 10);
      case SHA512 -> oid(DIGEST_ALGORITHM + 11);
      case SHA512_224 -> oid(DIGEST_ALGORITHM + 12);
      case SHA512_256 -> oid(DIGEST_ALGORITHM + 13);
      default -> List.of();
    };
  }

  private void ciphers() {
    blockCipher(CipherKind.AES, oid(AES));
    for (int bits = 128; bits <= 256; bits += 64) {
      // 1 to 4 are modes of AES-128, 21 to 24 of AES-192, 41 to 44 of AES-256.
      int arc = (bits - 128) / 64 * 20;
      fixedKey(CipherKind.AES, bits, CipherKind.Mode.ECB, oid(AES + "." + (arc + 1)));
      fixedKey(CipherKind.AES, bits, CipherKind.Mode.CBC, oid(AES + "." + (arc + 2)));
      gcm(CipherKind.AES, bits, oid(AES + "." + (arc + 6)));
    }
    gcm(CipherKind.AES, 0, List.of());
  }

  /** A cipher in any of the modes without authentication. */
  private void blockCipher(CipherKind kind, List<String> aliases) {
    // A mode that is not listed makes the JCA go on to the next provider.
    String modes =
        Stream.of(CipherKind.Mode.values())
            .filter(kind::supports)
            .map(CipherKind.Mode::name)
            .collect(Collectors.joining("|"));
    add(
        "Cipher",
        kind.standardName(),
        aliases,
        Map.of(
            "SupportedKeyFormats",
            "RAW",
            "SupportedModes",
            modes,
            "SupportedPaddings",
            Padding.names()),
        "MBEDTLS_" + kind + "_C",
        () -> kind.supports(CipherKind.Mode.ECB),
        BlockCipherSpi.class,
        provider -> new BlockCipherSpi(provider, kind));
  }

  private void fixedKey(CipherKind kind, int bits, CipherKind.Mode mode, List<String> aliases) {
    add(
        "Cipher",
        kind.standardName() + "_" + bits + "/" + mode + "/NoPadding",
        aliases,
        RAW_KEYS,
        "MBEDTLS_" + kind + "_C, MBEDTLS_CIPHER_MODE_" + mode,
        () -> kind.supports(mode),
        BlockCipherSpi.class,
        provider -> new BlockCipherSpi(provider, kind, bits / 8, mode, Padding.NONE));
  }

  private void gcm(CipherKind kind, int bits, List<String> aliases) {
    add(
        "Cipher",
        kind.standardName() + (bits == 0 ? "" : "_" + bits) + "/GCM/NoPadding",
        aliases,
        Map.of("SupportedKeyFormats", "RAW", "SupportedModes", "GCM"),
        "MBEDTLS_" + kind + "_C, MBEDTLS_GCM_C",
        () -> ContextType.GCM.size() > 0 && kind.supports(CipherKind.Mode.ECB),
        GcmSpi.class,
        provider -> new GcmSpi(provider, kind, bits / 8));
  }

  private void symmetricParameters() {
    ivParameters(CipherKind.AES, oid(AES));
    add(
        "AlgorithmParameters",
        "GCM",
        List.of(),
        Map.of(),
        "MBEDTLS_GCM_C",
        () -> ContextType.GCM.size() > 0,
        GcmParametersSpi.class,
        provider -> new GcmParametersSpi());
  }

  private void ivParameters(CipherKind kind, List<String> aliases) {
    add(
        "AlgorithmParameters",
        kind.standardName(),
        aliases,
        Map.of(),
        "MBEDTLS_" + kind + "_C",
        () -> kind.supports(CipherKind.Mode.ECB),
        IvParametersSpi.class,
        provider -> new IvParametersSpi(kind.blockLength()));
  }

  private void keyGenerators() {
    // JDK 19 raised its default.
    int aesDefault = Runtime.version().feature() < 19 ? 128 : 256;
    keyGenerator(
        CipherKind.AES.standardName(),
        oid(AES),
        "MBEDTLS_AES_C",
        () -> CipherKind.AES.supports(CipherKind.Mode.ECB),
        new Sizes(
            aesDefault,
            bits -> bits % 8 == 0 && CipherKind.AES.takesKeyOf(bits / 8),
            "Wrong keysize: must be equal to 128, 192 or 256"));
    for (Hash hash : EnumSet.range(Hash.MD5, Hash.RIPEMD160)) {
      keyGenerator(
          "Hmac" + hash.compactName(),
          hmacAliases(hash),
          needs(hash),
          hash::supported,
          sizes(hash));
    }
  }

  private static Sizes sizes(Hash hash) {
    return switch (hash) {
      case MD5, SHA1 -> new Sizes(512, bits -> bits > 0, "Key length must be at least 1 bit");
      default ->
          new Sizes(hash.length() * 8, bits -> bits >= 40, "Key length must be at least 40 bits");
    };
  }

  private void keyGenerator(
      String name, List<String> aliases, String needs, BooleanSupplier probe, Sizes sizes) {
    add(
        "KeyGenerator",
        name,
        aliases,
        Map.of(),
        needs,
        probe,
        SecretKeyGeneratorSpi.class,
        provider -> new SecretKeyGeneratorSpi(name, sizes));
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
  }

  private void keys() {
    List<String> rsa =
        List.of("1.2.840.113549.1.1", "1.2.840.113549.1.1.1", "OID.1.2.840.113549.1.1");
    addRsa("KeyFactory", rsa, Map.of(), RsaKeyFactorySpi.class, p -> new RsaKeyFactorySpi());
    addRsa(
        "KeyPairGenerator",
        rsa,
        Map.of(),
        RsaKeyPairGeneratorSpi.class,
        p -> new RsaKeyPairGeneratorSpi());
    List<String> ec = List.of("EllipticCurve", "1.2.840.10045.2.1", "OID.1.2.840.10045.2.1");
    addEc("KeyFactory", "EC", ec, EC_KEYS, EcKeyFactorySpi.class, p -> new EcKeyFactorySpi());
    addEc(
        "KeyPairGenerator",
        "EC",
        ec,
        EC_KEYS,
        EcKeyPairGeneratorSpi.class,
        p -> new EcKeyPairGeneratorSpi());
    Map<String, String> parameters = new HashMap<>(EC_KEYS);
    parameters.put("SupportedCurves", Curves.attribute());
    addEc("AlgorithmParameters", "EC", ec, parameters, EcParametersSpi.class, EcParametersSpi::new);
  }

  private void addRsa(
      String type,
      List<String> aliases,
      Map<String, String> attributes,
      Class<?> spiClass,
      Function<Provider, Object> spi) {
    add(type, "RSA", aliases, attributes, "MBEDTLS_RSA_C", () -> true, spiClass, spi);
  }

  private void addEc(
      String type,
      String name,
      List<String> aliases,
      Map<String, String> attributes,
      Class<?> spiClass,
      Function<Provider, Object> spi) {
    add(type, name, aliases, attributes, "MBEDTLS_ECP_C", () -> true, spiClass, spi);
  }

  private void signatures() {
    for (Hash hash : Hash.values()) {
      List<String> rsa = rsaAliases(hash);
      if (!rsa.isEmpty()) {
        addSignature(
            hash, "withRSA", rsa, RSA_KEYS, RsaSignatureSpi.class, p -> new RsaSignatureSpi(hash));
      }
    }
    addSignature(
        null,
        "withRSA",
        List.of(),
        RSA_KEYS,
        RsaSignatureSpi.class,
        p -> new RsaSignatureSpi(null));
    addEcdsa(null, List.of());
    addEcdsa(Hash.SHA1, oid("1.2.840.10045.4.1"));
    addEcdsa(Hash.SHA224, oid("1.2.840.10045.4.3.1"));
    addEcdsa(Hash.SHA256, oid("1.2.840.10045.4.3.2"));
    addEcdsa(Hash.SHA384, oid("1.2.840.10045.4.3.3"));
    addEcdsa(Hash.SHA512, oid("1.2.840.10045.4.3.4"));
  }

  /** Empty for a digest that has no RSA signature in the JCA. */
  private static List<String> rsaAliases(Hash hash) {
    List<String> aliases = new ArrayList<>();
    switch (hash) {
      case MD2 -> aliases.addAll(oid("1.2.840.113549.1.1.2"));
      case MD4 -> {}
      case MD5 -> aliases.addAll(oid("1.2.840.113549.1.1.4"));
      case SHA1 -> {
        aliases.addAll(oid("1.2.840.113549.1.1.5"));
        // The identifier of OIW.
        aliases.add("1.3.14.3.2.29");
      }
      case SHA224 -> aliases.addAll(oid("1.2.840.113549.1.1.14"));
      case SHA256 -> aliases.addAll(oid("1.2.840.113549.1.1.11"));
      case SHA384 -> aliases.addAll(oid("1.2.840.113549.1.1.12"));
      case SHA512 -> aliases.addAll(oid("1.2.840.113549.1.1.13"));
      case SHA512_224 -> aliases.addAll(oid("1.2.840.113549.1.1.15"));
      case SHA512_256 -> aliases.addAll(oid("1.2.840.113549.1.1.16"));
      case RIPEMD160 -> aliases.addAll(oid("1.3.36.3.3.1.2"));
    }
    return aliases;
  }

  private void addEcdsa(Hash hash, List<String> aliases) {
    addSignature(
        hash,
        "withECDSA",
        aliases,
        EC_KEYS,
        EcdsaSignatureSpi.class,
        p -> new EcdsaSignatureSpi(p, hash, EcdsaFormat.DER));
    addSignature(
        hash,
        "withECDSAinP1363Format",
        List.of(),
        EC_KEYS,
        EcdsaSignatureSpi.class,
        p -> new EcdsaSignatureSpi(p, hash, EcdsaFormat.P1363));
  }

  private void addSignature(
      Hash hash,
      String suffix,
      List<String> aliases,
      Map<String, String> attributes,
      Class<?> spiClass,
      Function<Provider, Object> spi) {
    add(
        "Signature",
        (hash == null ? "NONE" : hash.compactName()) + suffix,
        aliases,
        attributes,
        hash == null ? "nothing" : needs(hash),
        () -> hash == null || hash.supported(),
        spiClass,
        spi);
  }

  private void agreements() {
    addEc("KeyAgreement", "ECDH", List.of(), EC_KEYS, EcdhSpi.class, p -> new EcdhSpi());
  }

  /** An object identifier in the two forms that the JDK registers. */
  private static List<String> oid(String oid) {
    return List.of(oid, "OID." + oid);
  }

  private static String needs(Hash hash) {
    return "MBEDTLS_" + (hash.isSha512t() ? Hash.SHA512 : hash) + "_C";
  }

  private void add(
      String type,
      String name,
      List<String> aliases,
      Map<String, String> attributes,
      String needs,
      BooleanSupplier probe,
      Class<?> spiClass,
      Function<Provider, Object> spi) {
    rows.add(new ServiceSpec(type, name, aliases, attributes, needs, probe, spi, spiClass));
  }
}
