package io.github.mbedtls4j.jsse;

import io.github.mbedtls4j.jsse.internal.ContextSpi;
import io.github.mbedtls4j.jsse.internal.DefaultContextSpi;
import io.github.mbedtls4j.jsse.internal.Defaults;
import io.github.mbedtls4j.jsse.internal.JdkFactories;
import io.github.mbedtls4j.jsse.internal.Protocol;
import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.provider.internal.MbedService;
import io.github.mbedtls4j.provider.internal.ServiceSpec;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The JSSE provider {@code MbedJSSE}: TLS 1.0 to 1.2 of the Mbed TLS 2.28 library behind {@code
 * SSLContext}.
 *
 * <p>Instances are immutable after construction and safe for use by several threads.
 */
public final class MbedTlsJsseProvider extends Provider {
  private static final long serialVersionUID = 1L;

  /** The provider's name. */
  public static final String NAME = "MbedJSSE";

  /** The version of this provider, not of the library. */
  public static final String VERSION = "0.1.0";

  /**
   * Loads the native library and registers the services.
   *
   * @throws io.github.mbedtls4j.nativeloader.LibraryLoadException if no usable library is found,
   *     with every place tried
   */
  public MbedTlsJsseProvider() {
    super(NAME, VERSION, info());
    context(
        "TLS",
        List.of("SSL"),
        ContextSpi.class,
        p -> new ContextSpi(Defaults.clientProtocols(), Defaults.serverProtocols()));
    context(
        "TLSv1",
        List.of(),
        ContextSpi.class,
        p -> new ContextSpi(List.of(Protocol.TLSV1), Protocol.DEFAULT));
    context(
        "TLSv1.1",
        List.of(),
        ContextSpi.class,
        p -> new ContextSpi(List.of(Protocol.TLSV1, Protocol.TLSV1_1), Protocol.DEFAULT));
    context(
        "TLSv1.2",
        List.of(),
        ContextSpi.class,
        p -> new ContextSpi(Protocol.DEFAULT, Protocol.DEFAULT));
    context("Default", List.of(), DefaultContextSpi.class, p -> new DefaultContextSpi());
    keys("SunX509", List.of());
    keys("NewSunX509", List.of("PKIX"));
    trust("SunX509", List.of());
    trust("PKIX", List.of("SunPKIX", "X509", "X.509"));
  }

  private static String info() {
    MbedTls.loadFor(NAME);
    return "JSSE provider over "
        + MbedTls.version()
        + " ("
        + MbedTls.source()
        + " "
        + MbedTls.path()
        + ")";
  }

  private void context(
      String name, List<String> aliases, Class<?> spiClass, Function<Provider, Object> spi) {
    service("SSLContext", name, aliases, spiClass, spi);
  }

  private void keys(String name, List<String> aliases) {
    service(
        "KeyManagerFactory",
        name,
        aliases,
        JdkFactories.Keys.class,
        provider -> JdkFactories.keys(provider, name));
  }

  private void trust(String name, List<String> aliases) {
    service(
        "TrustManagerFactory",
        name,
        aliases,
        JdkFactories.Trust.class,
        provider -> JdkFactories.trust(provider, name));
  }

  private void service(
      String type,
      String name,
      List<String> aliases,
      Class<?> spiClass,
      Function<Provider, Object> spi) {
    putService(
        new MbedService(
            this,
            new ServiceSpec(
                type, name, aliases, Map.of(), "MBEDTLS_SSL_TLS_C", () -> true, spi, spiClass)));
  }
}
