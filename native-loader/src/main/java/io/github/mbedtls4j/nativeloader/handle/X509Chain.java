package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.X509Crt;
import java.util.List;

/** A list of certificates: {@code mbedtls_x509_crt}. */
public final class X509Chain extends NativeHandle {
  private X509Chain() {
    super(ContextType.X509_CRT, X509Crt::mbedtls_x509_crt_init, X509Crt::mbedtls_x509_crt_free);
  }

  /**
   * All certificates of a chain.
   *
   * @param certificates in DER
   * @throws MbedTlsException if the library cannot parse one of them
   */
  public static X509Chain of(List<byte[]> certificates) {
    X509Chain chain = new X509Chain();
    for (byte[] der : certificates) {
      chain.add(der);
    }
    return chain;
  }

  /** Those certificates that the library can parse: it does not know every signature algorithm. */
  public static X509Chain ofParseable(List<byte[]> certificates) {
    X509Chain chain = new X509Chain();
    for (byte[] der : certificates) {
      // A negative result leaves the certificate out: the list is a hint to the peer.
      chain.tryAdd(der);
    }
    return chain;
  }

  private void add(byte[] der) {
    MbedTlsException.check("mbedtls_x509_crt_parse_der", tryAdd(der));
  }

  private int tryAdd(byte[] der) {
    try (NativeBuffer in = NativeBuffer.of(der)) {
      return status(crt -> X509Crt.mbedtls_x509_crt_parse_der(crt, in.address(), der.length));
    }
  }
}
