package io.github.mbedtls4j.nativeloader.binding;

import com.sun.jna.Callback;

/** {@code mbedtls/ssl.h}. */
public final class Ssl {
  static {
    LoadedLibrary.register(Ssl.class);
  }

  private Ssl() {}

  public static final int MBEDTLS_SSL_IS_CLIENT = 0;
  public static final int MBEDTLS_SSL_IS_SERVER = 1;

  public static final int MBEDTLS_SSL_TRANSPORT_STREAM = 0;

  public static final int MBEDTLS_SSL_PRESET_DEFAULT = 0;

  public static final int MBEDTLS_SSL_VERIFY_NONE = 0;
  public static final int MBEDTLS_SSL_VERIFY_OPTIONAL = 1;

  public static final int MBEDTLS_SSL_SESSION_TICKETS_DISABLED = 0;
  public static final int MBEDTLS_SSL_SESSION_TICKETS_ENABLED = 1;

  public static final int MBEDTLS_SSL_EXTENDED_MS_DISABLED = 0;

  public static final int MBEDTLS_ERR_SSL_ALLOC_FAILED = -0x7F00;
  public static final int MBEDTLS_ERR_SSL_INVALID_MAC = -0x7180;
  public static final int MBEDTLS_ERR_SSL_BUFFER_TOO_SMALL = -0x6A00;
  public static final int MBEDTLS_ERR_SSL_INTERNAL_ERROR = -0x6C00;
  public static final int MBEDTLS_ERR_SSL_WANT_READ = -0x6900;
  public static final int MBEDTLS_ERR_SSL_WANT_WRITE = -0x6880;

  /** {@code mbedtls_ssl_send_t}. */
  public interface Send extends Callback {
    int invoke(long ctx, long buf, long len);
  }

  /** {@code mbedtls_ssl_recv_t}. */
  public interface Recv extends Callback {
    int invoke(long ctx, long buf, long len);
  }

  /** The {@code f_dbg} of {@code mbedtls_ssl_conf_dbg}. */
  public interface Dbg extends Callback {
    void invoke(long ctx, int level, long file, int line, long text);
  }

  /** {@code f_get_cache}. */
  public interface GetCache extends Callback {
    int invoke(long data, long session);
  }

  public static native void mbedtls_ssl_init(long ssl);

  public static native void mbedtls_ssl_free(long ssl);

  public static native int mbedtls_ssl_setup(long ssl, long conf);

  public static native void mbedtls_ssl_set_bio(
      long ssl, long p_bio, long f_send, long f_recv, long f_recv_timeout);

  public static native int mbedtls_ssl_set_hostname(long ssl, long hostname);

  public static native int mbedtls_ssl_handshake_step(long ssl);

  public static native int mbedtls_ssl_read(long ssl, long buf, long len);

  public static native int mbedtls_ssl_write(long ssl, long buf, long len);

  public static native int mbedtls_ssl_send_alert_message(long ssl, byte level, byte message);

  public static native int mbedtls_ssl_check_pending(long ssl);

  public static native long mbedtls_ssl_get_bytes_avail(long ssl);

  public static native int mbedtls_ssl_get_record_expansion(long ssl);

  public static native long mbedtls_ssl_get_version(long ssl);

  public static native long mbedtls_ssl_get_ciphersuite(long ssl);

  public static native long mbedtls_ssl_get_alpn_protocol(long ssl);

  public static native long mbedtls_ssl_get_session_pointer(long ssl);

  public static native int mbedtls_ssl_session_save(
      long session, long buf, long buf_len, long olen);

  public static native int mbedtls_ssl_session_load(long session, long buf, long len);

  public static native void mbedtls_ssl_session_init(long session);

  public static native void mbedtls_ssl_session_free(long session);

  public static native int mbedtls_ssl_set_session(long ssl, long session);

  public static native void mbedtls_ssl_conf_session_cache(
      long conf, long p_cache, long f_get_cache, long f_set_cache);

  public static native void mbedtls_ssl_config_init(long conf);

  public static native void mbedtls_ssl_config_free(long conf);

  public static native int mbedtls_ssl_config_defaults(
      long conf, int endpoint, int transport, int preset);

  public static native void mbedtls_ssl_conf_authmode(long conf, int authmode);

  public static native void mbedtls_ssl_conf_rng(long conf, long f_rng, long p_rng);

  public static native void mbedtls_ssl_conf_min_version(long conf, int major, int minor);

  public static native void mbedtls_ssl_conf_max_version(long conf, int major, int minor);

  public static native void mbedtls_ssl_conf_ciphersuites(long conf, long ciphersuites);

  public static native void mbedtls_ssl_conf_curves(long conf, long curves);

  public static native void mbedtls_ssl_conf_sig_hashes(long conf, long hashes);

  public static native int mbedtls_ssl_conf_alpn_protocols(long conf, long protos);

  public static native void mbedtls_ssl_conf_session_tickets(long conf, int use_tickets);

  public static native int mbedtls_ssl_conf_own_cert(long conf, long own_cert, long pk_key);

  public static native void mbedtls_ssl_conf_ca_chain(long conf, long ca_chain, long ca_crl);

  public static native void mbedtls_ssl_conf_dbg(long conf, Dbg f_dbg, long p_dbg);

  public static native int mbedtls_ssl_tls_prf(
      int prf, long secret, long slen, long label, long random, long rlen, long dstbuf, long dlen);

  public static native long mbedtls_ssl_list_ciphersuites();

  public static native long mbedtls_ssl_get_ciphersuite_name(int ciphersuite_id);
}
