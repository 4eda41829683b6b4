package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.SslConnection;

/**
 * The length of records: {@code SSLParameters.setMaximumPacketSize} and the extension
 * max_fragment_length (RFC 6066 section 4), for which a client asks if the system property {@code
 * jsse.enableMFLNExtension} is true, as with SunJSSE.
 */
final class FragmentLength {
  private static final String ENABLED = "jsse.enableMFLNExtension";

  private static final int SMALLEST = 512;
  private static final int LARGEST = 4096;

  private FragmentLength() {}

  /**
   * The code of the length that a client asks for.
   *
   * @param maximumPacketSize the longest record that the application wants; 0 for any
   * @return 1 to 4 for 512 to 4096 bytes of data; 0 to ask for nothing
   */
  static int code(int maximumPacketSize) {
    int data = maximumPacketSize - Session.OVERHEAD;
    if (!Boolean.getBoolean(ENABLED) || data <= 0 || data > LARGEST) {
      return 0;
    }
    int code = 1;
    while (SMALLEST << code <= data) {
      code++;
    }
    return code;
  }

  /** By how many bytes at most a record is longer than its data, after the handshake. */
  static int expansion(SslConnection ssl) {
    int expansion = ssl.recordExpansion();
    return expansion < 0 ? Session.OVERHEAD : expansion;
  }

  /**
   * How much data goes into one record.
   *
   * @param maximumPacketSize as above
   * @param negotiated what the peer takes
   * @param expansion by how much a record is longer than its data
   */
  static int maxData(int maximumPacketSize, int negotiated, int expansion) {
    if (maximumPacketSize == 0) {
      return negotiated;
    }
    // However small the packet: a record without data would get nobody anywhere.
    return Math.max(1, Math.min(negotiated, maximumPacketSize - expansion));
  }
}
