package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.nativeloader.binding.Memory;
import io.github.mbedtls4j.nativeloader.binding.Ssl;
import io.github.mbedtls4j.nativeloader.binding.SslDhm;
import io.github.mbedtls4j.nativeloader.binding.SslFragment;
import io.github.mbedtls4j.nativeloader.binding.SslPsk;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * One end of a TLS connection: {@code mbedtls_ssl_context} with a configuration of its own, which
 * may change between the steps of the handshake.
 *
 * <p>Its transport is memory ({@link SslTransport}). The methods return the result of the C
 * function; the caller serialises them and decides what happens between two of them, so that no
 * user code runs below a native frame.
 */
public final class SslConnection extends NativeHandle {
  /** The next call needs a record from the peer. */
  public static final int WANT_READ = Ssl.MBEDTLS_ERR_SSL_WANT_READ;

  /** The next call needs the pending output to be taken. */
  public static final int WANT_WRITE = Ssl.MBEDTLS_ERR_SSL_WANT_WRITE;

  /** The peer sent close_notify. */
  public static final int PEER_CLOSE_NOTIFY = -0x7880;

  /** The peer sent a fatal alert. */
  public static final int FATAL_ALERT = -0x7780;

  private static final int MAJOR = 3;
  private static final int MAX_DATA = 1 << 14;
  private static final boolean FRAGMENTS = MbedTls.hasFeature("MBEDTLS_SSL_MAX_FRAGMENT_LENGTH");
  static final int SAVED_SESSION = 1 << 16;

  /**
   * Where the peer's certificate lies in a saved session, behind header, start time, suite,
   * compression, id, master secret and verification result.
   */
  static final int SAVED_CERTIFICATE_AT =
      5 + (MbedTls.hasFeature("MBEDTLS_HAVE_TIME") ? 8 : 0) + 2 + 1 + 33 + 48 + 4;

  /** Where the context lies behind the configuration in the handle's block. */
  static final long SSL_AT = ContextType.SSL_CONFIG.size() + 15L & -16;

  private static final long LISTS_AT = SSL_AT + ContextType.SSL.size() + 15L & -16;

  /** {@code mbedtls_ssl_context.state} of the public header; checked by {@link #checkLayout}. */
  private static final long STATE_AT = SSL_AT + 8;

  static {
    checkLayout();
  }

  private final SslTransport transport;

  /** What C code points at: kept as long as this object. */
  private final List<NativeHandle> lent = new ArrayList<>();

  /** What C code points at too, and is freed with this object. */
  private final List<NativeHandle> owned;

  private final Rng rng;

  /** Sets up a connection; nothing is sent yet. */
  public SslConnection(SslSettings settings) {
    this(settings, Rng.shared(), new SslTransport(), new ArrayList<>());
  }

  private SslConnection(
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

  /** How many connections are allocated: for diagnostics and tests of leaks. */
  public static int openConnections() {
    return SslTransport.count();
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
    ByteBuffer view = Memory.view(address, 4L * (values.size() + 1));
    values.forEach(view::putInt);
    view.putInt(0);
    return address + 4L * (values.size() + 1);
  }

  /** Replaces the ALPN names; before the hello message that they go into. */
  public void setProtocols(List<String> protocols) {
    CStringList list = new CStringList(protocols);
    owned.add(list);
    call(
        "mbedtls_ssl_conf_alpn_protocols",
        conf -> Ssl.mbedtls_ssl_conf_alpn_protocols(conf, list.address()));
  }

  /** Replaces the suites, most wanted first; a server's before it has read the ClientHello. */
  public void setSuites(List<Integer> suites) {
    IntList list = new IntList(suites);
    owned.add(list);
    status(
        conf -> {
          Ssl.mbedtls_ssl_conf_ciphersuites(conf, list.address());
          return 0;
        });
  }

  /** Replaces the hashes of signatures, most wanted first; before the message they go into. */
  public void setHashes(List<Hash> hashes) {
    IntList list = new IntList(hashes.stream().map(Hash::mdType).toList());
    owned.add(list);
    status(
        conf -> {
          Ssl.mbedtls_ssl_conf_sig_hashes(conf, list.address());
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
   * @param key 1 to 32 bytes ({@code MBEDTLS_PSK_MAX_LEN})
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
   * Sets the certificates whose names a server sends in CertificateRequest, or null for none. They
   * take part in the library's own verification, whose outcome is ignored.
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
    if (!MbedTls.hasFeature("MBEDTLS_DHM_C")) {
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

  /** How many bytes of data a record to the peer may have. */
  public int maxFragmentLength() {
    return FRAGMENTS
        ? status(block -> (int) SslFragment.mbedtls_ssl_get_output_max_frag_len(block + SSL_AT))
        : MAX_DATA;
  }

  /** The memory that records come from and go to. */
  public SslTransport transport() {
    return transport;
  }

  /** One step of the handshake: {@code mbedtls_ssl_handshake_step}. */
  public int handshakeStep() {
    return status(block -> Ssl.mbedtls_ssl_handshake_step(block + SSL_AT));
  }

  /** The state of the handshake that the next step works in. */
  public SslState state() {
    return SslState.of(status(block -> Memory.getInt(block + STATE_AT)));
  }

  /** Decrypts data of the record at hand: the count of bytes, or a negative status. */
  public int read(NativeBuffer target) {
    return status(block -> Ssl.mbedtls_ssl_read(block + SSL_AT, target.address(), target.size()));
  }

  /** Whether more data or another record is already inside the library. */
  public boolean pending() {
    return status(block -> Ssl.mbedtls_ssl_check_pending(block + SSL_AT)) != 0;
  }

  /** Encrypts at most one record of data; after {@link #WANT_WRITE} the call must be repeated. */
  public int write(NativeBuffer source, int length) {
    return status(block -> Ssl.mbedtls_ssl_write(block + SSL_AT, source.address(), length));
  }

  /** Sends an alert of a level: 1 for a warning, 2 for a fatal one. */
  public int sendAlert(int level, int description) {
    return status(
        block ->
            Ssl.mbedtls_ssl_send_alert_message(block + SSL_AT, (byte) level, (byte) description));
  }

  /**
   * The description of the alert that was just decrypted: Mbed TLS leaves it where the record lies.
   *
   * @param explicitIv how many bytes stand before the content of the record
   */
  public int receivedAlert(int explicitIv) {
    return status(
            block ->
                Memory.getInt(transport.inboundHeader() + SslTransport.HEADER + explicitIv) >>> 8)
        & 0xFF;
  }

  /** By how many bytes a record is longer than its data; negative if that is not known. */
  public int recordExpansion() {
    return status(block -> Ssl.mbedtls_ssl_get_record_expansion(block + SSL_AT));
  }

  /** The protocol version as the library names it, such as {@code TLSv1.2}. */
  public String version() {
    return string(block -> Ssl.mbedtls_ssl_get_version(block + SSL_AT));
  }

  /** The cipher suite as the library names it; null before the end of the handshake. */
  public String cipherSuite() {
    return string(block -> Ssl.mbedtls_ssl_get_ciphersuite(block + SSL_AT));
  }

  /** The protocol chosen by ALPN; null if none was. */
  public String applicationProtocol() {
    return string(block -> Ssl.mbedtls_ssl_get_alpn_protocol(block + SSL_AT));
  }

  /**
   * Whether a certificate is the one whose key the library used for the peer. It leaves out those
   * of a chain that it cannot parse, so its first need not be the first that the peer sent.
   */
  public boolean usedPeerCertificate(byte[] der) {
    byte[] saved = savedSession();
    try {
      // At its very place: another certificate may hold this one as an extension.
      int from = SAVED_CERTIFICATE_AT + 3;
      int length = ByteBuffer.wrap(saved).getInt(from - 4) & 0xFFFFFF;
      return length == der.length && Arrays.equals(saved, from, from + length, der, 0, length);
    } finally {
      // The master secret is in it.
      Arrays.fill(saved, (byte) 0);
    }
  }

  /** The session in the library's own serialisation, with the peer's certificate inside. */
  private byte[] savedSession() {
    try (NativeBuffer out = NativeBuffer.allocate(SAVED_SESSION);
        NativeBuffer olen = NativeBuffer.allocate(8)) {
      call(
          "mbedtls_ssl_session_save",
          block ->
              Ssl.mbedtls_ssl_session_save(
                  Ssl.mbedtls_ssl_get_session_pointer(block + SSL_AT),
                  out.address(),
                  out.size(),
                  olen.address()));
      return out.bytes(0, (int) olen.getLong(0));
    }
  }

  private String string(LongUnaryOperator getter) {
    String[] text = new String[1];
    status(
        block -> {
          text[0] = Memory.string(getter.applyAsLong(block));
          return 0;
        });
    return text[0];
  }

  /** Numbers, ended by a zero. */
  private static final class IntList extends NativeHandle {
    IntList(List<Integer> values) {
      super(4L * (values.size() + 1), address -> putInts(address, values), address -> {});
    }
  }

  /** NUL-terminated strings and the NULL-terminated array of pointers to them. */
  private static final class CStringList extends NativeHandle {
    CStringList(List<String> strings) {
      super(
          8L * (strings.size() + 1) + strings.stream().mapToLong(s -> s.length() + 1L).sum(),
          address -> fill(address, strings),
          address -> {});
    }

    private static void fill(long address, List<String> strings) {
      long text = address + 8L * (strings.size() + 1);
      ByteBuffer pointers = Memory.view(address, 8L * strings.size());
      for (String string : strings) {
        byte[] bytes = string.getBytes(StandardCharsets.ISO_8859_1);
        Memory.view(text, bytes.length + 1L).put(bytes);
        pointers.putLong(text);
        text += bytes.length + 1L;
      }
    }
  }

  /** Refuses to work when the state is not where the public header of 2.28 has it. */
  private static void checkLayout() {
    SslSettings settings =
        new SslSettings(
            true, 3, 3, List.of(0xC02F), List.of(3), List.of(Hash.SHA256), List.of(), null, false);
    try (SslConnection probe = new SslConnection(settings)) {
      SslState before = probe.state();
      int result = probe.handshakeStep();
      if (before != SslState.HELLO_REQUEST
          || result != 0
          || probe.state() != SslState.CLIENT_HELLO) {
        throw new IllegalStateException("mbedtls_ssl_context has another layout than 2.28's");
      }
    }
  }
}
