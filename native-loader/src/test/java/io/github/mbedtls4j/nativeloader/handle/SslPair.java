package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.MbedTls;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Two connections with a pre-shared key, after their handshake. */
final class SslPair implements AutoCloseable {
  static final int PSK_AES_128_GCM = 0x00A8;
  static final int PSK_AES_128_CBC = 0x00AE;
  static final int PSK_CHACHA20 = 0xCCAB;

  private static final int STEPS = 100;

  final SslConnection client;
  final SslConnection server;

  SslPair(int suite) {
    client = connection(true, suite);
    server = connection(false, suite);
    Deque<ByteBuffer> toClient = new ArrayDeque<>();
    Deque<ByteBuffer> toServer = new ArrayDeque<>();
    for (int i = 0; i < STEPS && !(isOver(client) && isOver(server)); i++) {
      step(client, toClient, toServer);
      step(server, toServer, toClient);
    }
    if (!isOver(client) || !isOver(server)) {
      throw new IllegalStateException(client.state() + " and " + server.state());
    }
  }

  private static SslConnection connection(boolean client, int suite) {
    SslConnection connection =
        new SslConnection(
            new SslSettings(
                client,
                3,
                3,
                List.of(suite),
                List.of(),
                List.of(Hash.SHA256),
                List.of(),
                null,
                false));
    connection.setPsk("name".getBytes(StandardCharsets.UTF_8), new byte[16]);
    return connection;
  }

  private static boolean isOver(SslConnection connection) {
    return connection.state() == SslState.HANDSHAKE_OVER;
  }

  private static void step(SslConnection end, Deque<ByteBuffer> in, Deque<ByteBuffer> out) {
    if (!isOver(end)) {
      int result = end.handshakeStep();
      if (result == SslConnection.WANT_READ && !in.isEmpty()) {
        end.feed(in.remove());
      } else if (result != 0 && result != SslConnection.WANT_READ) {
        throw new IllegalStateException("handshake: " + result);
      }
    }
    while (end.transport().outboundRecord() > 0) {
      out.add(take(end));
    }
  }

  /** The next record for the other end. */
  static ByteBuffer take(SslConnection from) {
    ByteBuffer record = ByteBuffer.allocate(from.transport().outboundRecord());
    from.takeRecord(record);
    return record.flip();
  }

  /** Encrypts data into a record that waits. */
  static void write(SslConnection from, byte[] data) {
    try (NativeBuffer buffer = NativeBuffer.of(data)) {
      int result = from.write(buffer, data.length);
      if (result != data.length) {
        throw new IllegalStateException("write: " + result);
      }
    }
  }

  /** What one call reads. */
  static byte[] read(SslConnection to) {
    try (NativeBuffer buffer = NativeBuffer.allocate(NativeBuffer.CHUNK)) {
      int result = to.read(buffer);
      if (result < 0) {
        throw new IllegalStateException("read: " + result);
      }
      return buffer.bytes(0, result);
    }
  }

  /** Sends data from one end to the other and returns what arrived. */
  static byte[] send(SslConnection from, SslConnection to, byte[] data) {
    write(from, data);
    to.feed(take(from));
    return read(to);
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }

  /** For a JVM of its own: says which layout was found, and whether data arrives. */
  public static void main(String[] args) {
    MbedTls.load();
    System.out.println("layout: " + SslLayout.found());
    try (SslPair pair = new SslPair(PSK_AES_128_GCM)) {
      for (int size = 0; size <= NativeBuffer.CHUNK; size += 1024) {
        byte[] data = new byte[size];
        Arrays.fill(data, (byte) size);
        boolean arrived =
            size == 0
                || (Arrays.equals(data, send(pair.client, pair.server, data))
                    && Arrays.equals(data, send(pair.server, pair.client, data)));
        if (!arrived) {
          throw new IllegalStateException(size + " bytes did not arrive");
        }
      }
      System.out.println("direct: " + pair.client.transport().writesDirectly());
    }
  }
}
