package io.github.mbedtls4j.nativeloader.binding;

import com.sun.jna.Callback;

/** The part of {@code mbedtls/ssl.h} that needs {@code MBEDTLS_SSL_SESSION_TICKETS}. */
public final class SslTickets {
  static {
    LoadedLibrary.register(SslTickets.class);
  }

  private SslTickets() {}

  /** {@code mbedtls_ssl_ticket_write_t}. */
  public interface Write extends Callback {
    int invoke(long p_ticket, long session, long start, long end, long tlen, long lifetime);
  }

  /** {@code mbedtls_ssl_ticket_parse_t}. */
  public interface Parse extends Callback {
    int invoke(long p_ticket, long session, long buf, long len);
  }

  public static native void mbedtls_ssl_conf_session_tickets_cb(
      long conf, long f_ticket_write, long f_ticket_parse, long p_ticket);
}
