package io.github.mbedtls4j.provider.internal;

import io.github.mbedtls4j.nativeloader.handle.XdhCurve;
import io.github.mbedtls4j.provider.internal.agreement.XdhSpi;
import io.github.mbedtls4j.provider.internal.key.XdhKeyFactorySpi;
import io.github.mbedtls4j.provider.internal.key.XdhKeyPairGeneratorSpi;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The rows of X25519 and X448. */
final class XdhServices extends ServiceTable {
  private static final Map<String, String> ATTRIBUTES = Map.of("ImplementedIn", "Software");

  @Override
  void fill() {
    addAll("KeyFactory", XdhKeyFactorySpi.class, XdhKeyFactorySpi::new);
    addAll("KeyPairGenerator", XdhKeyPairGeneratorSpi.class, XdhKeyPairGeneratorSpi::new);
    addAll("KeyAgreement", XdhSpi.class, XdhSpi::new);
  }

  /** One service for each curve, and one for whatever curve its keys have. */
  private void addAll(String type, Class<?> spiClass, Function<XdhCurve, Object> spi) {
    Function<Provider, Object> any = provider -> spi.apply(null);
    add(
        type,
        "XDH",
        List.of(),
        ATTRIBUTES,
        "MBEDTLS_ECP_DP_CURVE25519_ENABLED",
        XdhCurve.X25519::supported,
        spiClass,
        any);
    for (XdhCurve curve : XdhCurve.values()) {
      add(
          type,
          curve.name(),
          oid(curve.oid()),
          ATTRIBUTES,
          "MBEDTLS_ECP_DP_CURVE" + curve.name().substring(1) + "_ENABLED",
          curve::supported,
          spiClass,
          provider -> spi.apply(curve));
    }
  }
}
