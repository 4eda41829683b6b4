package io.github.mbedtls4j.jsse;

import javax.crypto.SecretKey;
import javax.net.ssl.SSLKeyException;

/**
 * Keying material exporters of TLS (RFC 5705) on every JDK: the sessions of {@code MbedJSSE}
 * implement it. The methods are those that {@code javax.net.ssl.ExtendedSSLSession} has since JDK
 * 25.
 *
 * <p>Both ends of a connection get the same bytes, which nobody else can compute. They belong to
 * the connection, and exist from the end of its handshake until it is closed or abandoned: the
 * master secret is kept in the library only, and no longer than there.
 *
 * <p>Safe for use by several threads.
 */
public interface KeyingMaterialExporter {
  /**
   * Exports keying material as a key.
   *
   * @param keyAlg the algorithm of the key; not null
   * @param label what the material is for, in UTF-8; not null
   * @param context what else it depends on, at most 65,535 bytes; null for none, which is not the
   *     same as empty
   * @param length how many bytes
   * @return a key with the encoding format RAW
   * @throws SSLKeyException if there was no handshake, or one without extended master secret (RFC
   *     7627): another connection could then have the same material
   * @throws IllegalStateException if the handshake goes on, or the connection is closed
   * @throws IllegalArgumentException if the algorithm or the label is empty, the label is one that
   *     TLS uses itself, the length is not positive or the context too long
   * @throws NullPointerException if {@code keyAlg} or {@code label} is null
   */
  SecretKey exportKeyingMaterialKey(String keyAlg, String label, byte[] context, int length)
      throws SSLKeyException;

  /**
   * Exports keying material as bytes.
   *
   * @param label what the material is for, in UTF-8; not null
   * @param context what else it depends on, at most 65,535 bytes; null for none, which is not the
   *     same as empty
   * @param length how many bytes
   * @return the bytes, for the caller to overwrite
   * @throws SSLKeyException if there was no handshake, or one without extended master secret (RFC
   *     7627): another connection could then have the same material
   * @throws IllegalStateException if the handshake goes on, or the connection is closed
   * @throws IllegalArgumentException if the label is empty or one that TLS uses itself, the length
   *     is not positive or the context too long
   * @throws NullPointerException if {@code label} is null
   */
  byte[] exportKeyingMaterialData(String label, byte[] context, int length) throws SSLKeyException;
}
