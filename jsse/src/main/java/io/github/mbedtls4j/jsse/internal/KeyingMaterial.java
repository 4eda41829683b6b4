package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.SslConnection;
import io.github.mbedtls4j.nativeloader.handle.SslSecrets;
import io.github.mbedtls4j.nativeloader.handle.TlsPrf;
import java.io.ByteArrayOutputStream;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLKeyException;

/**
 * The exporter (RFC 5705) of one connection. It belongs to the connection and not to a session that
 * others resume: the hello messages' random values go into it.
 */
final class KeyingMaterial {
  /** RFC 5705 section 4 and RFC 7627 section 4: TLS derives its own secrets with these. */
  private static final Set<String> RESERVED =
      Set.of(
          "client finished",
          "server finished",
          "master secret",
          "extended master secret",
          "key expansion");

  private static final int MAX_CONTEXT = 0xFFFF;

  private final ReentrantLock lock;

  /** Weak: a session may outlive its connection by hours, and native memory must not. */
  private final WeakReference<SslConnection> connection;

  private final TlsPrf prf;
  private final HelloSecurity hello;

  /**
   * Made when the handshake is over.
   *
   * @param lock the connection's lock
   * @param suite the cipher suite's JSSE name
   */
  KeyingMaterial(
      ReentrantLock lock,
      SslConnection connection,
      Protocol protocol,
      String suite,
      HelloSecurity hello) {
    this.lock = lock;
    this.connection = new WeakReference<>(connection);
    this.hello = hello;
    if (protocol != Protocol.TLSV1_2) {
      prf = TlsPrf.TLS1;
    } else {
      prf = suite.endsWith("_SHA384") ? TlsPrf.SHA384 : TlsPrf.SHA256;
    }
  }

  /**
   * Exports keying material, after a check of all arguments.
   *
   * @param material null while there is none
   * @param protocol the session's
   */
  static byte[] export(
      KeyingMaterial material, String protocol, String label, byte[] context, int length)
      throws SSLKeyException {
    Objects.requireNonNull(label, "label can not be null");
    if (length < 1) {
      throw new IllegalArgumentException("length must be positive");
    }
    if (label.isEmpty()) {
      throw new IllegalArgumentException("label length outside range");
    }
    if (RESERVED.contains(label)) {
      throw new IllegalArgumentException("TLS itself uses the label " + label);
    }
    if (context != null && context.length > MAX_CONTEXT) {
      throw new IllegalArgumentException("Only 16-bit context lengths supported");
    }
    if (material == null) {
      if (Session.NO_PROTOCOL.equals(protocol)) {
        throw new SSLKeyException("Exporters not supported in " + protocol);
      }
      throw new IllegalStateException("the handshake is not over");
    }
    if (!material.hello.extendedMasterSecret()) {
      throw new SSLKeyException("Exporters require extended master secrets");
    }
    return material.derive(material.seed(label, context), length);
  }

  /** The label and the seed of the PRF (RFC 5705 section 4). */
  private byte[] seed(String label, byte[] context) {
    ByteArrayOutputStream seed = new ByteArrayOutputStream();
    seed.writeBytes(label.getBytes(StandardCharsets.UTF_8));
    seed.writeBytes(hello.clientRandom());
    seed.writeBytes(hello.serverRandom());
    if (context != null) {
      seed.write(context.length >>> 8);
      seed.write(context.length);
      seed.writeBytes(context);
    }
    return seed.toByteArray();
  }

  private byte[] derive(byte[] seed, int length) {
    SslConnection alive = connection.get();
    lock.lock();
    try {
      if (alive == null || alive.isClosed()) {
        throw new IllegalStateException("the connection is closed, and its master secret gone");
      }
      return SslSecrets.derive(alive, prf, seed, length);
    } finally {
      lock.unlock();
    }
  }
}
