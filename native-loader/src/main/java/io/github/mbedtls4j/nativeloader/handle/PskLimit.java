package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.LibraryLoadException;
import io.github.mbedtls4j.nativeloader.MbedTls;

/** How long pre-shared keys may be: builds differ, and no function tells. */
public final class PskLimit {
  /** What RFC 4279 section 5.3 demands. */
  private static final int LARGEST = 64;

  private PskLimit() {}

  private static final class Found {
    static final int BYTES = find();
  }

  /**
   * {@code MBEDTLS_PSK_MAX_LEN} of the loaded library, in bytes, but not more than 64; 0 if the
   * library has no pre-shared keys.
   *
   * @throws LibraryLoadException if there is no library
   */
  public static int bytes() {
    MbedTls.load();
    return Found.BYTES;
  }

  private static int find() {
    try (SslConnection probe = new SslConnection(SslConnection.PROBE)) {
      int length = LARGEST;
      while (length > 0 && !takes(probe, length)) {
        length--;
      }
      return length;
    } catch (LinkageError e) {
      return 0;
    }
  }

  private static boolean takes(SslConnection probe, int length) {
    try {
      probe.setPsk(new byte[1], new byte[length]);
      return true;
    } catch (MbedTlsException e) {
      return false;
    }
  }
}
