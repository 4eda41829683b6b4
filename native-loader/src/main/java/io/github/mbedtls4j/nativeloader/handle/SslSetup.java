package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.nativeloader.binding.Memory;
import io.github.mbedtls4j.nativeloader.binding.Ssl;
import io.github.mbedtls4j.nativeloader.binding.SslDhm;
import io.github.mbedtls4j.nativeloader.binding.SslExtendedMs;
import io.github.mbedtls4j.nativeloader.binding.SslFragment;
import io.github.mbedtls4j.nativeloader.binding.SslPsk;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * What a connection is set up with, and what may be changed of that between the steps of its
 * handshake: {@code mbedtls_ssl_config}, of which each connection has its own.
 */
abstract class SslSetup extends NativeHandle {
  private static final int MAJOR = 3;
  static final boolean FRAGMENTS = MbedTls.hasFeature("MBEDTLS_SSL_MAX_FRAGMENT_LENGTH");
  private static final boolean FINITE_FIELDS = MbedTls.hasFeature("MBEDTLS_DHM_C");
  private static final boolean EXTENDED_MASTER_SECRET =
      MbedTls.hasFeature("MBEDTLS_SSL_EXTENDED_MASTER_SECRET");

  /** Where the context lies behind the configuration in the handle's block. */
  static final long SSL_AT = ContextType.SSL_CONFIG.size() + 15L & -16;

  /** Where {@link DirectRecords} writes a number for C. */
  static final long TEXT_AT = SSL_AT + ContextType.SSL.size() + 15L & -16;

  private static final long LISTS_AT = TEXT_AT + DirectRecords.TEXT;

  final SslTransport transport;

  /** What C code points at: kept as long as this object. */
  private final List<NativeHandle> lent = new ArrayList<>();

  /** What C code points at too, and is freed with this object. */
  private final List<NativeHandle> owned;

  private final Rng rng;
  private final int suitesRoom;
  private final int hashesRoom;
  private final long hashesAt;

  /** Sets up a connection; nothing is sent yet. */
  SslSetup(SslSettings settings) {
    this(settings, Rng.shared(), new SslTransport(), new ArrayList<>());
  }

  private SslSetup(
      SslSettings settings, Rng rng, SslTransport transport, List<NativeHandle> owned) {
    super(
        LISTS_AT + listsSize(settings),
        block -> {
          Ssl.mbedtls_ssl_config_init(block);
          Ssl.mbedtls_ssl_init(block + SSL_AT);
        },
        block -> {
          Ssl.mbedtls_ssl_free(block + SSL_AT);
          Ssl.mbedtls_ssl_config_free(block);
          transport.unregister();
          owned.forEach(NativeHandle::close);
        });
    this.rng = rng;
    this.transport = transport;
    suitesRoom = settings.suites().size();
    hashesRoom = settings.hashes().size();
    hashesAt = LISTS_AT + 4L * (suitesRoom + settings.groups().size() + 2);
    this.owned = owned;
    configure(settings);
    call("mbedtls_ssl_setup", block -> Ssl.mbedtls_ssl_setup(block + SSL_AT, block));
    if (settings.serverName() != null) {
      try (NativeBuffer name = NativeBuffer.ofCString(settings.serverName())) {
        call(
            "mbedtls_ssl_set_hostname",
            block -> Ssl.mbedtls_ssl_set_hostname(block + SSL_AT, name.address()));
      }
    }
    status(
        block -> {
          transport.attach(block + SSL_AT);
          return 0;
        });
  }

  private void configure(SslSettings settings) {
    int endpoint = settings.client() ? Ssl.MBEDTLS_SSL_IS_CLIENT : Ssl.MBEDTLS_SSL_IS_SERVER;
    call(
        "mbedtls_ssl_config_defaults",
        conf ->
            Ssl.mbedtls_ssl_config_defaults(
                conf, endpoint, Ssl.MBEDTLS_SSL_TRANSPORT_STREAM, Ssl.MBEDTLS_SSL_PRESET_DEFAULT));
    status(
        conf -> {
          Ssl.mbedtls_ssl_conf_rng(conf, Rng.F_RNG, rng.address());
          // Java verifies the peer: a client between two steps, a server after the message too.
          Ssl.mbedtls_ssl_conf_authmode(
              conf,
              settings.requestCertificate()
                  ? Ssl.MBEDTLS_SSL_VERIFY_OPTIONAL
                  : Ssl.MBEDTLS_SSL_VERIFY_NONE);
          Ssl.mbedtls_ssl_conf_min_version(conf, MAJOR, settings.minVersion());
          Ssl.mbedtls_ssl_conf_max_version(conf, MAJOR, settings.maxVersion());
          Ssl.mbedtls_ssl_conf_session_tickets(conf, Ssl.MBEDTLS_SSL_SESSION_TICKETS_DISABLED);
          long at = conf + LISTS_AT;
          Ssl.mbedtls_ssl_conf_ciphersuites(conf, at);
          at = putInts(at, settings.suites());
          Ssl.mbedtls_ssl_conf_curves(conf, at);
          at = putInts(at, settings.groups());
          Ssl.mbedtls_ssl_conf_sig_hashes(conf, at);
          putInts(at, settings.hashes().stream().map(Hash::mdType).toList());
          return 0;
        });
    if (!settings.protocols().isEmpty()) {
      setProtocols(settings.protocols());
    }
  }

  /** The lists of numbers lie behind the contexts, each ended by a zero. */
  private static long listsSize(SslSettings settings) {
    int numbers =
        settings.suites().size() + settings.groups().size() + settings.hashes().size() + 3;
    return 4L * numbers;
  }

  private static long putInts(long address, List<Integer> values) {
    int[] numbers = new int[values.size() + 1];
    for (int i = 0; i < values.size(); i++) {
      numbers[i] = values.get(i);
    }
    Memory.putInts(address, numbers);
    return address + 4L * numbers.length;
  }

  /** Replaces the ALPN names; before the hello message that they go into. */
  public void setProtocols(List<String> protocols) {
    if (protocols.stream().anyMatch(name -> name.indexOf(0) >= 0)) {
      // C would offer what stands before it.
      throw new IllegalArgumentException("a NUL in the name of an application protocol");
    }
    CStringList list = new CStringList(protocols);
    owned.add(list);
    call(
        "mbedtls_ssl_conf_alpn_protocols",
        conf -> Ssl.mbedtls_ssl_conf_alpn_protocols(conf, list.address()));
  }

  /**
   * Replaces the suites, most wanted first; a server's before it has read the ClientHello.
   *
   * @param suites some of those that the connection was set up with
   */
  public void setSuites(List<Integer> suites) {
    if (suites.size() > suitesRoom) {
      throw new IllegalArgumentException("more suites than at first");
    }
    status(
        conf -> {
          putInts(conf + LISTS_AT, suites);
          return 0;
        });
  }

  /**
   * Replaces the hashes of signatures, most wanted first; before the message they go into.
   *
   * @param hashes some of those that the connection was set up with
   */
  public void setHashes(List<Hash> hashes) {
    if (hashes.size() > hashesRoom) {
      throw new IllegalArgumentException("more hashes than at first");
    }
    status(
        conf -> {
          putInts(conf + hashesAt, hashes.stream().map(Hash::mdType).toList());
          return 0;
        });
  }

  /** Replaces the highest minor version; a server's before it has read the ClientHello. */
  public void setMaxVersion(int minor) {
    status(
        conf -> {
          Ssl.mbedtls_ssl_conf_max_version(conf, MAJOR, minor);
          return 0;
        });
  }

  /**
   * Adds a certificate chain and its private key. Both stay in use until the handshake ends, and
   * only by this connection.
   */
  public void addOwnCertificate(X509Chain chain, PkContext key) {
    lent.add(chain);
    lent.add(key);
    call(
        "mbedtls_ssl_conf_own_cert",
        conf -> Ssl.mbedtls_ssl_conf_own_cert(conf, chain.address(), key.address()));
  }

  /**
   * Replaces the pre-shared key; only where the library has suites with one. An end has one before
   * the hello messages, so that such suites are considered, and the right one before
   * ClientKeyExchange.
   *
   * @param identity 1 to 16,384 bytes, of which the message has room for fewer
   * @param key 1 to {@link PskLimit#bytes} bytes
   */
  public void setPsk(byte[] identity, byte[] key) {
    try (NativeBuffer name = NativeBuffer.of(identity);
        NativeBuffer secret = NativeBuffer.of(key)) {
      call(
          "mbedtls_ssl_conf_psk",
          conf ->
              SslPsk.mbedtls_ssl_conf_psk(
                  conf, secret.address(), key.length, name.address(), identity.length));
    }
  }

  /**
   * Sets the certificates whose names a server sends in CertificateRequest, or null for none. While
   * they are set they take part in the library's own verification, whose outcome is ignored.
   */
  public void setCaNames(X509Chain chain) {
    if (chain != null) {
      lent.add(chain);
    }
    status(
        conf -> {
          Ssl.mbedtls_ssl_conf_ca_chain(conf, chain == null ? 0 : chain.address(), 0);
          return 0;
        });
  }

  /** Makes the library tell what it does; {@link SslTransport#takeMessages} has it then. */
  public void collectMessages() {
    status(
        conf -> {
          transport.collectMessages(conf);
          return 0;
        });
  }

  /**
   * Sets the group of a server's ephemeral Diffie-Hellman keys; before it has read the ClientHello.
   * Does nothing if the library has no finite fields.
   */
  public void setDhGroup(BigInteger p, BigInteger g) {
    if (!FINITE_FIELDS) {
      return;
    }
    byte[] prime = p.toByteArray();
    byte[] generator = g.toByteArray();
    try (NativeBuffer in = NativeBuffer.allocate(prime.length + generator.length)) {
      in.put(0, prime, 0, prime.length);
      in.put(prime.length, generator, 0, generator.length);
      call(
          "mbedtls_ssl_conf_dh_param_bin",
          conf ->
              SslDhm.mbedtls_ssl_conf_dh_param_bin(
                  conf, in.address(), prime.length, in.address() + prime.length, generator.length));
    }
  }

  /**
   * Makes a client ask for short records (RFC 6066 section 4); before the ClientHello. Does nothing
   * if the library does not know the extension.
   *
   * @param code 1 to 4 for 512, 1024, 2048 and 4096 bytes of data
   */
  public void setMaxFragmentLength(int code) {
    if (FRAGMENTS) {
      call(
          "mbedtls_ssl_conf_max_frag_len",
          conf -> SslFragment.mbedtls_ssl_conf_max_frag_len(conf, (byte) code));
    }
  }

  /**
   * Makes a client ask for a session; before the first step.
   *
   * @param saved from {@link SavedSession#withoutCertificate}
   * @throws MbedTlsException if the library does not take it
   */
  public void askFor(byte[] saved) {
    try (SslSession session = SslSession.load(saved)) {
      call("mbedtls_ssl_set_session", block -> session.setOn(block + SSL_AT));
    }
  }

  /** Tells a server what to do when the client asks for a session; before the ClientHello. */
  public void setResumption(SslResumption resumption) {
    status(
        conf -> {
          transport.setResumption(resumption, conf);
          return 0;
        });
  }

  /** Makes a client say that it takes session tickets, if the library knows them. */
  public void takeTickets() {
    if (SslResumption.ticketsSupported()) {
      status(
          conf -> {
            Ssl.mbedtls_ssl_conf_session_tickets(conf, Ssl.MBEDTLS_SSL_SESSION_TICKETS_ENABLED);
            return 0;
          });
    }
  }

  /** Leaves out extended_master_secret (RFC 7627), if the library knows it at all. */
  public void disableExtendedMasterSecret() {
    if (EXTENDED_MASTER_SECRET) {
      status(
          conf -> {
            SslExtendedMs.mbedtls_ssl_conf_extended_master_secret(
                conf, (byte) Ssl.MBEDTLS_SSL_EXTENDED_MS_DISABLED);
            return 0;
          });
    }
  }
}
