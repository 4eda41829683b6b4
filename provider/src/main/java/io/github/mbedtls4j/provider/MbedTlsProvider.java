package io.github.mbedtls4j.provider;

import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.provider.internal.MbedService;
import io.github.mbedtls4j.provider.internal.ServiceSpec;
import io.github.mbedtls4j.provider.internal.Services;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;

/**
 * The JCA/JCE provider {@code MbedTLS}: cryptography of the Mbed TLS 2.28 library under the names
 * of the JDK's own providers.
 *
 * <p>It offers what both its table of services and the loaded library have. Instances are immutable
 * after construction and safe for use by several threads.
 */
public final class MbedTlsProvider extends Provider {
  private static final long serialVersionUID = 1L;

  /** The provider's name. */
  public static final String NAME = "MbedTLS";

  /** The version of this provider, not of the library. */
  public static final String VERSION = "0.1.0";

  private final transient List<ServiceSpec> withheld = new ArrayList<>();

  /**
   * Loads the native library and registers every service that it backs.
   *
   * @throws io.github.mbedtls4j.nativeloader.LibraryLoadException if no usable library is found,
   *     with every place tried; the provider then has no services
   */
  public MbedTlsProvider() {
    // The library is opened before any service exists: opened from within a SecureRandom service it
    // would recurse.
    super(NAME, VERSION, info());
    for (ServiceSpec spec : Services.table()) {
      if (spec.supported()) {
        putService(new MbedService(this, spec));
      } else {
        withheld.add(spec);
      }
    }
  }

  private static String info() {
    MbedTls.loadFor(NAME);
    return "JCA/JCE provider over "
        + MbedTls.version()
        + " ("
        + MbedTls.source()
        + " "
        + MbedTls.path()
        + ")";
  }

  /** The services that the loaded library lacks, each as {@code "type.name: needed feature"}. */
  public List<String> withheldServices() {
    return withheld.stream()
        .map(spec -> spec.type() + "." + spec.name() + ": needs " + spec.needs())
        .toList();
  }
}
