package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.MbedTlsException;
import io.github.mbedtls4j.nativeloader.handle.SslState;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateRevokedException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLProtocolException;

/** The alert descriptions of TLS (RFC 5246 section 7.2, RFC 6066, RFC 7301). */
enum Alert {
  CLOSE_NOTIFY(0),
  UNEXPECTED_MESSAGE(10),
  BAD_RECORD_MAC(20),
  DECRYPTION_FAILED(21),
  RECORD_OVERFLOW(22),
  DECOMPRESSION_FAILURE(30),
  HANDSHAKE_FAILURE(40),
  NO_CERTIFICATE(41),
  BAD_CERTIFICATE(42),
  UNSUPPORTED_CERTIFICATE(43),
  CERTIFICATE_REVOKED(44),
  CERTIFICATE_EXPIRED(45),
  CERTIFICATE_UNKNOWN(46),
  ILLEGAL_PARAMETER(47),
  UNKNOWN_CA(48),
  ACCESS_DENIED(49),
  DECODE_ERROR(50),
  DECRYPT_ERROR(51),
  PROTOCOL_VERSION(70),
  INSUFFICIENT_SECURITY(71),
  INTERNAL_ERROR(80),
  INAPPROPRIATE_FALLBACK(86),
  USER_CANCELED(90),
  NO_RENEGOTIATION(100),
  UNSUPPORTED_EXTENSION(110),
  UNRECOGNIZED_NAME(112),
  UNKNOWN_PSK_IDENTITY(115),
  NO_APPLICATION_PROTOCOL(120);

  private final int description;

  Alert(int description) {
    this.description = description;
  }

  /** The number on the wire. */
  int description() {
    return description;
  }

  /** The alert of a number; null if it is unknown. */
  static Alert of(int description) {
    for (Alert alert : values()) {
      if (alert.description == description) {
        return alert;
      }
    }
    return null;
  }

  /** The name in exception messages, such as {@code handshake_failure}. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether only a handshake can fail so, in SunJSSE's opinion. */
  boolean handshakeOnly() {
    return description >= HANDSHAKE_FAILURE.description
        && this != INTERNAL_ERROR
        && this != INAPPROPRIATE_FALLBACK
        && this != USER_CANCELED;
  }

  /** What a peer's fatal alert is thrown as: of the class that SunJSSE throws. */
  static SSLException received(int description) {
    Alert alert = of(description);
    if (alert == null) {
      return new SSLProtocolException("Unknown alert description (" + description + ")");
    }
    return alert.exception("Received fatal alert: " + alert.text());
  }

  /** An exception of the class that SunJSSE throws with this alert. */
  SSLException exception(String message) {
    if (this == UNEXPECTED_MESSAGE) {
      return new SSLProtocolException(message);
    }
    return handshakeOnly() ? new SSLHandshakeException(message) : new SSLException(message);
  }

  /** What to tell the peer whose certificate was refused. */
  static Alert ofRefusal(Throwable refusal) {
    for (Throwable t = refusal; t != null; t = t.getCause()) {
      if (t instanceof CertificateExpiredException) {
        return CERTIFICATE_EXPIRED;
      }
      if (t instanceof CertificateRevokedException) {
        return CERTIFICATE_REVOKED;
      }
      if (t instanceof CertPathValidatorException e
          && e.getReason() instanceof BasicReason reason) {
        return switch (reason) {
          case REVOKED -> CERTIFICATE_REVOKED;
          case EXPIRED -> CERTIFICATE_EXPIRED;
          case INVALID_SIGNATURE, NOT_YET_VALID -> BAD_CERTIFICATE;
          case ALGORITHM_CONSTRAINED -> UNSUPPORTED_CERTIFICATE;
          default -> CERTIFICATE_UNKNOWN;
        };
      }
    }
    return CERTIFICATE_UNKNOWN;
  }

  /**
   * An error of the library as an exception of the class that SunJSSE throws.
   *
   * @param operation what failed
   * @param code the library's
   * @param handshake whether the handshake goes on
   */
  SSLException ofLibrary(String operation, int code, boolean handshake) {
    String message = operation + ": " + MbedTlsException.describe(code);
    if (this == UNEXPECTED_MESSAGE) {
      return new SSLProtocolException(message);
    }
    return handshake ? new SSLHandshakeException(message) : new SSLException(message);
  }

  /** Whether an error is that of a module for public keys: PK, RSA or ECP. */
  private static boolean isOfKeys(int code) {
    int module = -code & 0x7F80;
    return module >= 0x3900 && module <= 0x4F80;
  }

  /** The alert that Mbed TLS leaves to its caller after an error of the handshake. */
  static Alert ofError(SslState state, int code) {
    if (state == SslState.CERTIFICATE_VERIFY && isOfKeys(code)) {
      // Not only a signature that is wrong, but a malformed one too, or one beyond the modulus.
      return DECRYPT_ERROR;
    }
    return switch (code) {
      case -0x7480 -> BAD_CERTIFICATE; // no client certificate
      // Bad hello, record or message; another message than ClientKeyExchange.
      case -0x7900, -0x7200, -0x7700, -0x7C00 -> UNEXPECTED_MESSAGE;
      case -0x7C80, -0x7D00 -> ILLEGAL_PARAMETER; // the public value in it
      case -0x7080, -0x7380 -> HANDSHAKE_FAILURE; // feature unavailable, no cipher chosen
      case -0x7100 -> RECORD_OVERFLOW;
      case -0x7180 -> BAD_RECORD_MAC;
      case -0x6E80 -> PROTOCOL_VERSION;
      default -> INTERNAL_ERROR;
    };
  }
}
