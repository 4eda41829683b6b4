package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.MbedTls;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The session of a connection in the library's own serialisation. The master secret is in it: it is
 * overwritten when closed. Not safe for use by several threads.
 */
public final class SavedSession implements AutoCloseable {
  /**
   * Where the peer's certificate lies, behind header, start time, suite, compression, id, master
   * secret and verification result.
   */
  static final int CERTIFICATE_AT =
      5 + (MbedTls.hasFeature("MBEDTLS_HAVE_TIME") ? 8 : 0) + 2 + 1 + 33 + 48 + 4;

  private static final boolean HAS_CERTIFICATE =
      MbedTls.hasFeature("MBEDTLS_SSL_KEEP_PEER_CERTIFICATE");

  private final byte[] saved;

  /** Takes a serialisation over. */
  SavedSession(byte[] saved) {
    this.saved = saved;
  }

  /**
   * Whether a certificate is the one whose key the library used for the peer. It leaves out those
   * of a chain that it cannot parse, so its first need not be the first that the peer sent.
   */
  public boolean hasCertificate(byte[] der) {
    // At its very place: another certificate may hold this one as an extension.
    int from = CERTIFICATE_AT + 3;
    int length = certificateLength();
    return length == der.length && Arrays.equals(saved, from, from + length, der, 0, length);
  }

  private int certificateLength() {
    return ByteBuffer.wrap(saved).getInt(CERTIFICATE_AT - 1) & 0xFFFFFF;
  }

  /**
   * A copy without the certificate, which a resumed handshake has no use for. The master secret is
   * in it, so whoever drops it overwrites it.
   */
  public byte[] withoutCertificate() {
    if (!HAS_CERTIFICATE) {
      return saved.clone();
    }
    int rest = CERTIFICATE_AT + 3 + certificateLength();
    byte[] small = new byte[saved.length - rest + CERTIFICATE_AT + 3];
    System.arraycopy(saved, 0, small, 0, CERTIFICATE_AT);
    System.arraycopy(saved, rest, small, CERTIFICATE_AT + 3, saved.length - rest);
    return small;
  }

  @Override
  public void close() {
    Arrays.fill(saved, (byte) 0);
  }
}
