package io.github.mbedtls4j.jsse;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** Two engines joined by two buffers, driven by the letter of SSLEngine's documentation. */
final class EnginePair {
  private static final int ROUNDS = 10_000;

  final SSLEngine client;
  final SSLEngine server;

  /** Records on their way, in write mode. */
  final ByteBuffer toServer = ByteBuffer.allocate(1 << 18);

  final ByteBuffer toClient = ByteBuffer.allocate(1 << 18);
  boolean clientFinished;
  boolean serverFinished;

  EnginePair(SSLEngine client, SSLEngine server) {
    this.client = client;
    this.server = server;
    client.setUseClientMode(true);
    server.setUseClientMode(false);
  }

  /** Runs the handshake until both ends have reported FINISHED. */
  void handshake() throws SSLException {
    client.beginHandshake();
    server.beginHandshake();
    for (int round = 0; round < ROUNDS; round++) {
      clientFinished |= step(client, toClient, toServer);
      serverFinished |= step(server, toServer, toClient);
      if (clientFinished && serverFinished) {
        return;
      }
    }
    throw new IllegalStateException(
        "no end: client "
            + client.getHandshakeStatus()
            + ", server "
            + server.getHandshakeStatus());
  }

  /** One step of one end; true when it said FINISHED. */
  static boolean step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
    SSLEngineResult result;
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> {
        for (Runnable task; (task = engine.getDelegatedTask()) != null; ) {
          task.run();
        }
        return false;
      }
      case NEED_WRAP -> result = engine.wrap(ByteBuffer.allocate(0), out);
      case NEED_UNWRAP -> {
        in.flip();
        try {
          result =
              engine.unwrap(
                  in, ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()));
        } finally {
          in.compact();
        }
      }
      default -> {
        return false;
      }
    }
    return result.getHandshakeStatus() == HandshakeStatus.FINISHED;
  }

  /** Sends data from one end to the other and returns what arrived. */
  byte[] send(SSLEngine from, byte[] data) throws SSLException {
    ByteBuffer wire = from == client ? toServer : toClient;
    SSLEngine to = from == client ? server : client;
    ByteBuffer source = ByteBuffer.wrap(data);
    ByteBuffer received = ByteBuffer.allocate(data.length + 20_000);
    do {
      SSLEngineResult sent = from.wrap(source, wire);
      if (sent.getStatus() != Status.OK) {
        throw new IllegalStateException("wrap: " + sent);
      }
      wire.flip();
      while (wire.hasRemaining()) {
        SSLEngineResult got = to.unwrap(wire, received);
        if (got.getStatus() != Status.OK) {
          throw new IllegalStateException("unwrap: " + got);
        }
      }
      wire.clear();
    } while (source.hasRemaining());
    received.flip();
    byte[] all = new byte[received.remaining()];
    received.get(all);
    return all;
  }
}
