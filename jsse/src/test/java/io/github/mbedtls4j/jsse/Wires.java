package io.github.mbedtls4j.jsse;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Flights of a handshake as bytes, to be changed on their way. */
final class Wires {
  private static final int SERVER_FLIGHT = 1 << 16;
  private static final int CLIENT_HELLO = 1;

  private Wires() {}

  /** Takes everything out of a buffer in write mode. */
  static byte[] drain(ByteBuffer wire) {
    byte[] bytes = new byte[wire.flip().remaining()];
    wire.get(bytes);
    wire.clear();
    return bytes;
  }

  /** Replaces the only place where some bytes stand by others of the same length. */
  static void replace(byte[] flight, byte[] from, byte[] to) {
    int found = find(flight, from, 0);
    if (found < 0 || find(flight, from, found + 1) >= 0 || from.length != to.length) {
      throw new IllegalArgumentException("not exactly one place: " + found);
    }
    System.arraycopy(to, 0, flight, found, to.length);
  }

  private static int find(byte[] in, byte[] what, int start) {
    for (int at = start; at + what.length <= in.length; at++) {
      if (Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
        return at;
      }
    }
    return -1;
  }

  /** Where an extension's type stands in the record of a hello of either end. */
  static int extension(byte[] hello, int type) {
    ByteBuffer in = ByteBuffer.wrap(hello);
    // Behind the headers of record and message, the version and the random.
    in.position(5 + 4 + 2 + 32);
    skip(in, in.get());
    if (in.get(5) == CLIENT_HELLO) {
      skip(in, in.getShort());
      skip(in, in.get());
    } else {
      skip(in, 2 + 1);
    }
    for (int end = in.getShort() + in.position(); in.position() < end; ) {
      int at = in.position();
      boolean found = in.getShort() == type;
      skip(in, in.getShort());
      if (found) {
        return at;
      }
    }
    throw new AssertionError("no extension " + type);
  }

  private static void skip(ByteBuffer in, int length) {
    in.position(in.position() + length);
  }

  /** What an engine answers to a flight. */
  static byte[] answer(SSLEngine engine, byte[] flight) throws SSLException {
    ByteBuffer in = ByteBuffer.wrap(flight);
    ByteBuffer out = ByteBuffer.allocate(SERVER_FLIGHT);
    engine.beginHandshake();
    while (in.hasRemaining() || engine.getHandshakeStatus() != HandshakeStatus.NEED_UNWRAP) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> Peers.runTasks(engine);
        case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
        default -> engine.unwrap(in, ByteBuffer.allocate(20_000));
      }
    }
    return drain(out);
  }

  /** What an engine answers to the flight that ends its handshake. */
  static byte[] answerToTheEnd(SSLEngine engine, byte[] flight) throws SSLException {
    ByteBuffer in = ByteBuffer.wrap(flight);
    ByteBuffer out = ByteBuffer.allocate(SERVER_FLIGHT);
    while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> Peers.runTasks(engine);
        case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
        default -> engine.unwrap(in, ByteBuffer.allocate(20_000));
      }
    }
    return drain(out);
  }

  /** Whether a server goes on with an old session: then its second message is no certificate. */
  static boolean resumes(SSLEngine server, byte[] hello) throws SSLException {
    byte[] answer = answer(server, hello);
    ByteBuffer records = ByteBuffer.wrap(answer);
    boolean certificate = false;
    boolean changeCipherSpec = false;
    while (records.hasRemaining()) {
      int at = records.position();
      // Behind ChangeCipherSpec there is ciphertext, which may look like anything.
      certificate |= !changeCipherSpec && records.get(at) == 22 && records.get(at + 5) == 11;
      changeCipherSpec |= records.get(at) == 20;
      records.position(at + 5 + (records.getShort(at + 3) & 0xFFFF));
    }
    if (certificate == changeCipherSpec) {
      throw new IllegalStateException("neither a full nor a short handshake");
    }
    return changeCipherSpec;
  }

  /** The exception that a flight leads to. */
  static SSLException failure(SSLEngine engine, byte[] flight) {
    try {
      answer(engine, flight);
    } catch (SSLException e) {
      return e;
    }
    throw new AssertionError("nothing failed");
  }
}
