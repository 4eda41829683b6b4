package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.SslMessages;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * An account of one connection for whoever looks for an error: steps and decisions, records, and
 * what Mbed TLS itself tells. There are no secrets in it: of records it has types and lengths, of
 * Mbed TLS's messages those below the level at which it dumps them.
 *
 * <p>Switched on by the property {@value #PROPERTY}, which names the parts, and by the level of the
 * logger.
 */
final class DebugLog {
  static final String PROPERTY = "mbedtls4j.jsse.debug";

  static final Logger LOGGER = System.getLogger("io.github.mbedtls4j.jsse");

  private static final AtomicLong NUMBERS = new AtomicLong();

  /** The last value of the property that was told of. */
  private static final AtomicReference<String> ANNOUNCED = new AtomicReference<>();

  private final String prefix = "[" + NUMBERS.incrementAndGet() + "] ";
  private final boolean handshake;
  private final boolean record;
  private final boolean library;

  private DebugLog(Set<String> parts) {
    boolean all = parts.contains("all");
    handshake = all || parts.contains("handshake") || parts.contains("ssl");
    record = all || parts.contains("record");
    library = all || parts.contains("mbedtls");
  }

  /** The log of a new connection; null if nothing is to be logged. */
  static DebugLog start() {
    String property = System.getProperty(PROPERTY);
    if (property == null) {
      return null;
    }
    if (!property.equals(ANNOUNCED.getAndSet(property))) {
      LOGGER.log(
          Level.INFO,
          "{0}={1}: connections are logged at the levels DEBUG (handshake, or ssl) and TRACE"
              + " (record, mbedtls)",
          PROPERTY,
          property);
    }
    return LOGGER.isLoggable(Level.DEBUG)
        ? new DebugLog(Set.copyOf(List.of(property.split("[,: ]+", -1))))
        : null;
  }

  /** Whether Mbed TLS's own messages are wanted. */
  boolean wantsLibrary() {
    return library;
  }

  /** A step or decision. */
  void handshake(Supplier<String> text) {
    if (handshake) {
      LOGGER.log(Level.DEBUG, () -> prefix + text.get());
    }
  }

  /** A record that came or goes. */
  void record(String direction, int type, int length) {
    if (record) {
      LOGGER.log(
          Level.TRACE, () -> prefix + direction + ' ' + typeName(type) + ", " + length + " bytes");
    }
  }

  private static String typeName(int type) {
    return switch (type) {
      case HandshakeTap.CHANGE_CIPHER_SPEC -> "change_cipher_spec";
      case HandshakeTap.ALERT -> "alert";
      case HandshakeTap.HANDSHAKE -> "handshake";
      case HandshakeTap.APPLICATION_DATA -> "application_data";
      default -> "type " + type;
    };
  }

  /** What Mbed TLS told: its errors are of interest earlier than its steps. */
  void library(List<SslMessages.Message> messages) {
    for (SslMessages.Message message : messages) {
      Level level = message.level() <= 1 ? Level.DEBUG : Level.TRACE;
      LOGGER.log(level, () -> prefix + message.text());
    }
  }
}
