package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.nativeloader.binding.Memory;
import io.github.mbedtls4j.nativeloader.binding.Ssl;
import io.github.mbedtls4j.nativeloader.binding.SslDhm;
import io.github.mbedtls4j.nativeloader.binding.SslExtendedMs;
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

  /** Where the context lies behind the configuration in the handle's block. */
  static final long SSL_AT = ContextType.SSL_CONFIG.size() + 15L & -16;

  /** Where {@link DirectRecords} writes a number for C. */
  static final long TEXT_AT = SSL_AT + ContextType.SSL.size() + 15L & -16;

  private static final long LISTS_AT = TEXT_AT + DirectRecords.TEXT;

  /** {@code mbedtls_ssl_context.state} of the public header; checked by {@link #checkLayout}. */
  private static final long STATE_AT = SSL_AT + 8;

  /** What a handshake is set up with that only tries the library. */
  static final SslSettings PROBE =
      new SslSettings(
          true, 3, 3, List.of(0xC02F), List.of(3), List.of(Hash.SHA256), List.of(), null, false);

  static {
    checkLayout();
  }

  private final SslTransport transport;

  /** What C code points at: kept as long as this object. */
  private final List<NativeHandle> lent = new ArrayList<>();

  /** What C code points at too, and is freed with this object. */
  private final List<NativeHandle> owned;

  private final Rng rng;

  /** Null until the first data, and for a connection whose records all go through callbacks. */
  private DirectRecords direct;

  private boolean directTried;

  /** C is known to have worked off every record that it got. */
  private boolean drained;

  private final int suitesRoom;
  private final int hashesRoom;
  private final long hashesAt;

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

  /**
   * Gives one record to the connection.
   *
   * @param record its remaining bytes are the record, of at most {@link NativeBuffer#PAGE} bytes
   * @throws IllegalStateException if the last one was not read yet
   */
  public void feed(ByteBuffer record) {
    status(
        block -> {
          if (!drained || directRecords(block) == null || !direct.feed(record)) {
            transport.feed(record);
          }
          return 0;
        });
  }

  /** Moves the first record for the peer into a buffer that has room for it. */
  public void takeRecord(ByteBuffer target) {
    status(
        block -> {
          transport.takeRecord(target);
          return 0;
        });
  }

  private DirectRecords directRecords(long block) {
    if (!directTried && SslState.of(Memory.getInt(block + STATE_AT)) == SslState.HANDSHAKE_OVER) {
      directTried = true;
      SslLayout layout = SslLayout.found();
      if (layout != null && transport.knowsBuffers()) {
        direct = directRecords(block, layout);
        transport.setDirect(direct);
      }
    }
    return direct;
  }

  /** The other way of records for a layout, whatever the state of the connection. */
  DirectRecords directRecords(long block, SslLayout layout) {
    String suite = Memory.string(Ssl.mbedtls_ssl_get_ciphersuite(block + SSL_AT));
    int atMost = Ssl.mbedtls_ssl_get_record_expansion(block + SSL_AT);
    int expansion = suite == null ? 0 : DirectRecords.expansion(suite, atMost);
    return new DirectRecords(layout, block + SSL_AT, block + TEXT_AT, transport, expansion);
  }

  /** The state of the handshake that the next step works in. */
  public SslState state() {
    return SslState.of(status(block -> Memory.getInt(block + STATE_AT)));
  }

  /** Decrypts data of the record at hand: the count of bytes, or a negative status. */
  public int read(NativeBuffer target) {
    return status(
        block -> {
          transport.settle();
          int result = Ssl.mbedtls_ssl_read(block + SSL_AT, target.address(), target.size());
          drained =
              (result > 0 && result < target.size())
                  || (result == WANT_READ && Ssl.mbedtls_ssl_check_pending(block + SSL_AT) == 0);
          return result;
        });
  }

  /** Whether more data or another record is already inside the library. */
  public boolean pending() {
    return !drained && status(block -> Ssl.mbedtls_ssl_check_pending(block + SSL_AT)) != 0;
  }

  /** Encrypts at most one record of data; after {@link #WANT_WRITE} the call must be repeated. */
  public int write(NativeBuffer source, int length) {
    return status(
        block -> {
          long ssl = block + SSL_AT;
          if (directRecords(block) != null && transport.writesDirectly()) {
            return direct.write(length, () -> Ssl.mbedtls_ssl_write(ssl, source.address(), length));
          }
          transport.settle();
          return Ssl.mbedtls_ssl_write(ssl, source.address(), length);
        });
  }

  /** Sends an alert of a level: 1 for a warning, 2 for a fatal one. */
  public int sendAlert(int level, int description) {
    return status(
        block -> {
          transport.settle();
          return Ssl.mbedtls_ssl_send_alert_message(
              block + SSL_AT, (byte) level, (byte) description);
        });
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
      return SslSession.hasCertificate(saved, der);
    } finally {
      // The master secret is in it.
      Arrays.fill(saved, (byte) 0);
    }
  }

  /**
   * What is needed to resume this session, in the library's own serialisation; the master secret is
   * in it, so whoever drops it overwrites it. The certificate that {@link #usedPeerCertificate}
   * looks at is left out.
   */
  public byte[] saveSession() {
    byte[] saved = savedSession();
    try {
      return SslSession.withoutCertificate(saved);
    } finally {
      Arrays.fill(saved, (byte) 0);
    }
  }

  private byte[] savedSession() {
    byte[][] saved = new byte[1][];
    status(
        block -> {
          saved[0] = SslSession.save(Ssl.mbedtls_ssl_get_session_pointer(block + SSL_AT));
          return 0;
        });
    return saved[0];
  }

  /**
   * Makes a client ask for a session; before the first step.
   *
   * @param saved from {@link #saveSession}
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
    if (MbedTls.hasFeature("MBEDTLS_SSL_EXTENDED_MASTER_SECRET")) {
      status(
          conf -> {
            SslExtendedMs.mbedtls_ssl_conf_extended_master_secret(
                conf, (byte) Ssl.MBEDTLS_SSL_EXTENDED_MS_DISABLED);
            return 0;
          });
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
    try (SslConnection probe = new SslConnection(PROBE)) {
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
