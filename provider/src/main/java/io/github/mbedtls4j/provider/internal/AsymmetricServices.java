package io.github.mbedtls4j.provider.internal;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.provider.internal.agreement.EcdhSpi;
import io.github.mbedtls4j.provider.internal.key.Curves;
import io.github.mbedtls4j.provider.internal.key.EcKeyFactorySpi;
import io.github.mbedtls4j.provider.internal.key.EcKeyPairGeneratorSpi;
import io.github.mbedtls4j.provider.internal.key.EcParametersSpi;
import io.github.mbedtls4j.provider.internal.key.RsaKeyFactorySpi;
import io.github.mbedtls4j.provider.internal.key.RsaKeyPairGeneratorSpi;
import io.github.mbedtls4j.provider.internal.signature.EcdsaFormat;
import io.github.mbedtls4j.provider.internal.signature.EcdsaSignatureSpi;
import io.github.mbedtls4j.provider.internal.signature.RsaSignatureSpi;
import java.security.Provider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The rows of asymmetric keys, signatures and key agreements. */
final class AsymmetricServices extends ServiceTable {

  @Override
  void fill() {
    keys();
    signatures();
    agreements();
  }

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

  private void keys() {
    List<String> rsa =
        List.of("1.2.840.113549.1.1", "1.2.840.113549.1.1.1", "OID.1.2.840.113549.1.1");
    addRsa("KeyFactory", rsa, Map.of(), RsaKeyFactorySpi.class, p -> new RsaKeyFactorySpi(false));
    addRsa(
        "KeyPairGenerator",
        rsa,
        Map.of(),
        RsaKeyPairGeneratorSpi.class,
        p -> new RsaKeyPairGeneratorSpi(false));
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
}
