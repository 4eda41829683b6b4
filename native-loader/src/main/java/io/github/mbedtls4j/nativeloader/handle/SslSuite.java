package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Memory;
import io.github.mbedtls4j.nativeloader.binding.Ssl;
import java.util.ArrayList;
import java.util.List;

/**
 * A cipher suite of the loaded library.
 *
 * @param id the IANA number
 * @param name the library's own name, such as {@code TLS-RSA-WITH-AES-128-CBC-SHA}
 */
public record SslSuite(int id, String name) {
  /** All suites, in the library's order of preference. */
  public static List<SslSuite> all() {
    List<SslSuite> suites = new ArrayList<>();
    long list = Ssl.mbedtls_ssl_list_ciphersuites();
    for (int id = Memory.getInt(list); id != 0; id = Memory.getInt(list)) {
      suites.add(new SslSuite(id, Memory.string(Ssl.mbedtls_ssl_get_ciphersuite_name(id))));
      list += Integer.BYTES;
    }
    return suites;
  }
}
