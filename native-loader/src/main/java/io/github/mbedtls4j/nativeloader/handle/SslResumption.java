package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.LibC;
import io.github.mbedtls4j.nativeloader.binding.LoadedLibrary;
import io.github.mbedtls4j.nativeloader.binding.Memory;
import io.github.mbedtls4j.nativeloader.binding.Ssl;
import io.github.mbedtls4j.nativeloader.binding.SslTickets;
import java.nio.ByteBuffer;

/**
 * What a server's handshake may resume, and the ticket that it hands out: decided before Mbed TLS
 * reads the ClientHello, and fetched by it through callbacks that only move bytes.
 */
public final class SslResumption {
  private static final int NOT_CACHED = 1;

  private static final boolean TICKETS_SUPPORTED =
      LoadedLibrary.exports("mbedtls_ssl_conf_session_tickets_cb");

  // An exception that left a callback would return 0, which C takes for a session found.
  private static final Ssl.GetCache GET =
      (id, session) -> {
        try {
          SslResumption resumption = SslTransport.of(id).resumption();
          return resumption.byTicket ? NOT_CACHED : resumption.load(session);
        } catch (Throwable t) {
          return NOT_CACHED;
        }
      };

  private static final long GET_ADDRESS = LibC.address(GET);

  /** Apart, so that a library without tickets does not lack its functions. */
  private static final class Tickets {
    static final SslTickets.Write WRITE =
        (id, session, start, end, tlen, lifetime) -> {
          try {
            return SslTransport.of(id).resumption().write(start, end, tlen, lifetime);
          } catch (Throwable t) {
            return Ssl.MBEDTLS_ERR_SSL_ALLOC_FAILED;
          }
        };

    static final SslTickets.Parse PARSE =
        (id, session, buf, len) -> {
          try {
            SslResumption resumption = SslTransport.of(id).resumption();
            return resumption.byTicket ? resumption.load(session) : Ssl.MBEDTLS_ERR_SSL_INVALID_MAC;
          } catch (Throwable t) {
            return Ssl.MBEDTLS_ERR_SSL_INVALID_MAC;
          }
        };

    static final long WRITE_ADDRESS = LibC.address(WRITE);
    static final long PARSE_ADDRESS = LibC.address(PARSE);
  }

  private final boolean byTicket;
  private final int lifetime;

  /** A saved session, until it was loaded; null for none. */
  private NativeBuffer saved;

  /** The ticket for this session; null for none. */
  private NativeBuffer ticket;

  /**
   * Prepares a handshake; the connection that it is given to frees what it holds.
   *
   * @param saved the session that the client asks for, from {@link
   *     SavedSession#withoutCertificate}; null for none
   * @param byTicket whether the client asks by a ticket, not by the session's id
   * @param ticket what to send to a client that takes tickets, unless a session is resumed; null
   *     for none, so that the client's ticket extension is ignored
   * @param lifetime of the ticket in seconds; 0 to leave it open
   */
  public SslResumption(byte[] saved, boolean byTicket, byte[] ticket, int lifetime) {
    this.byTicket = byTicket;
    this.lifetime = lifetime;
    this.saved = saved == null ? null : NativeBuffer.of(saved);
    this.ticket = ticket == null ? null : NativeBuffer.of(ticket);
  }

  /** Whether the library knows session tickets. */
  public static boolean ticketsSupported() {
    return TICKETS_SUPPORTED;
  }

  void attach(long conf, long id) {
    if (saved != null && !byTicket) {
      Ssl.mbedtls_ssl_conf_session_cache(conf, id, GET_ADDRESS, 0);
    }
    if (ticket != null) {
      SslTickets.mbedtls_ssl_conf_session_tickets_cb(
          conf, Tickets.WRITE_ADDRESS, Tickets.PARSE_ADDRESS, id);
    }
  }

  private int load(long session) {
    if (saved == null) {
      return Ssl.MBEDTLS_ERR_SSL_INVALID_MAC;
    }
    try (NativeBuffer once = saved) {
      saved = null;
      return Ssl.mbedtls_ssl_session_load(session, once.address(), once.size());
    }
  }

  private int write(long start, long end, long tlen, long lifetimeAt) {
    ByteBuffer seconds = Memory.view(lifetimeAt, Integer.BYTES);
    // C sends it even after an error.
    seconds.putInt(0, 0);
    if (ticket.size() > end - start) {
      return Ssl.MBEDTLS_ERR_SSL_ALLOC_FAILED;
    }
    LibC.memcpy(start, ticket.address(), ticket.size());
    Memory.view(tlen, Long.BYTES).putLong(0, ticket.size());
    seconds.putInt(0, lifetime);
    return 0;
  }

  void close() {
    if (saved != null) {
      saved.close();
      saved = null;
    }
    if (ticket != null) {
      ticket.close();
      ticket = null;
    }
  }
}
