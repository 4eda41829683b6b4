package io.github.mbedtls4j.jsse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;

/** Writes down what an engine answers, so that two providers' answers can be compared. */
final class Transcript {
  private final SSLEngine engine;
  private final List<String> lines = new ArrayList<>();

  Transcript(SSLEngine engine) {
    this.engine = engine;
  }

  List<String> lines() {
    return lines;
  }

  /** Wraps some text. */
  void wrap(String text, ByteBuffer out) {
    log("wrap", () -> engine.wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), out));
  }

  /** Unwraps one record from a buffer in write mode. */
  void unwrap(ByteBuffer in) {
    in.flip();
    log("unwrap", () -> engine.unwrap(in, ByteBuffer.allocate(40_000)));
    in.compact();
  }

  void closeOutbound() {
    log(
        "closeOutbound",
        () -> {
          engine.closeOutbound();
          return "";
        });
  }

  void closeInbound() {
    log(
        "closeInbound",
        () -> {
          engine.closeInbound();
          return "";
        });
  }

  void beginHandshake() {
    log(
        "beginHandshake",
        () -> {
          engine.beginHandshake();
          return "";
        });
  }

  /** Notes an operation's result and the engine's state after it. */
  void log(String name, Callable<?> operation) {
    String result;
    try {
      Object value = operation.call();
      result = value instanceof SSLEngineResult r ? text(r) : String.valueOf(value);
    } catch (Exception e) {
      result = e.getClass().getSimpleName();
      // The cryptographic library's own words differ.
      if (!"Tag mismatch!".equals(e.getMessage()) && !e.getMessage().contains("SSL -")) {
        result += ": " + e.getMessage();
      }
    }
    lines.add(
        String.join(
            " ",
            name,
            result,
            engine.getHandshakeStatus().name(),
            engine.isInboundDone() ? "in done" : "in open",
            engine.isOutboundDone() ? "out done" : "out open"));
  }

  /** Handshake messages differ in length: of lengths only zero counts. */
  private static String text(SSLEngineResult result) {
    return result.getStatus()
        + "/"
        + result.getHandshakeStatus()
        + (result.bytesConsumed() == 0 ? " none" : " some")
        + (result.bytesProduced() == 0 ? " none" : " some");
  }
}
