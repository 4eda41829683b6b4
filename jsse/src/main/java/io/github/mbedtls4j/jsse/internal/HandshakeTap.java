package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.jsse.PskIdentity;
import io.github.mbedtls4j.nativeloader.handle.SslTransport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLProtocolException;

/**
 * Reads along with the handshake while it is in the clear: what managers, selectors and sessions
 * need and Mbed TLS does not tell. It also joins messages that the peer split over records, which
 * Mbed TLS 2.28 refuses; the transcript hash covers messages, not records, so nothing else changes.
 */
final class HandshakeTap {
  static final int CHANGE_CIPHER_SPEC = 20;
  static final int ALERT = 21;
  static final int HANDSHAKE = 22;
  static final int APPLICATION_DATA = 23;

  private static final int HELLO_REQUEST = 0;
  private static final int CLIENT_HELLO = 1;
  private static final int SERVER_HELLO = 2;
  private static final int NEW_SESSION_TICKET = 4;
  private static final int CERTIFICATE = 11;
  private static final int SERVER_KEY_EXCHANGE = 12;
  private static final int CERTIFICATE_REQUEST = 13;
  private static final int CERTIFICATE_VERIFY = 15;
  private static final int CLIENT_KEY_EXCHANGE = 16;

  private static final int MESSAGE_HEADER = 4;
  private static final int MAX_RECORD = 1 << 14;
  private static final int RANDOM = 32;

  private boolean inboundEncrypted;
  private boolean outboundEncrypted;

  /** The beginning of a message whose rest is in records to come. */
  private byte[] partial = new byte[0];

  private ClientHello clientHello;
  private CertificateRequest certificateRequest;
  private List<byte[]> peerCertificates = List.of();
  private PskIdentity pskHint;
  private byte[] pskIdentity;
  private Protocol protocol;
  private byte[] sessionId = new byte[0];
  private int suite;
  private String applicationProtocol;
  private ServerKeyExchange serverKeyExchange;
  private int clientScheme = ServerKeyExchange.NO_SCHEME;

  private final HelloSecurity security = new HelloSecurity();

  /** What the hello messages said of the secrets to come. */
  HelloSecurity security() {
    return security;
  }

  private NewSessionTicket newSessionTicket;

  /** Null until a server has received one. */
  ClientHello clientHello() {
    return clientHello;
  }

  /** Null unless a client has received one. */
  CertificateRequest certificateRequest() {
    return certificateRequest;
  }

  /** What the server of a suite with a pre-shared key said of it; null for nothing. */
  PskIdentity pskHint() {
    return pskHint;
  }

  /** The identity that a client named for a suite with a pre-shared key; null before. */
  byte[] pskIdentity() {
    return pskIdentity;
  }

  /** From ServerHello on; null before. */
  Protocol protocol() {
    return protocol;
  }

  /** From ServerHello on: the number of the suite; 0 before. */
  int suite() {
    return suite;
  }

  /** From ServerHello on. */
  byte[] sessionId() {
    return sessionId;
  }

  /** Whether the peer's records are encrypted by now. */
  boolean inboundEncrypted() {
    return inboundEncrypted;
  }

  /** A client's view of the server's ALPN choice; null if there is none. */
  String applicationProtocol() {
    return applicationProtocol;
  }

  /** Either end's view; null before it, and if the suite needs none. */
  ServerKeyExchange serverKeyExchange() {
    return serverKeyExchange;
  }

  /** The number of the scheme that the client signed with; negative if it has not. */
  int clientScheme() {
    return clientScheme;
  }

  /** Null unless a client has received one. */
  NewSessionTicket newSessionTicket() {
    return newSessionTicket;
  }

  /** The peer's certificates as sent, in DER; empty before it sent any. */
  List<byte[]> peerCertificates() {
    return peerCertificates;
  }

  /** The peer's chain as Java objects, the peer's own certificate first. */
  X509Certificate[] peerChain() throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    X509Certificate[] chain = new X509Certificate[peerCertificates.size()];
    for (int i = 0; i < chain.length; i++) {
      chain[i] =
          (X509Certificate)
              factory.generateCertificate(new ByteArrayInputStream(peerCertificates.get(i)));
    }
    return chain;
  }

  /**
   * Looks at a record of the peer.
   *
   * @return the records to give to Mbed TLS in its place: none while a message is incomplete
   * @throws SSLProtocolException if the handshake is malformed
   */
  List<ByteBuffer> inbound(ByteBuffer record) throws SSLProtocolException {
    if (inboundEncrypted) {
      return List.of(record);
    }
    int type = record.get(record.position()) & 0xFF;
    ByteBuffer payload = record.duplicate();
    payload.position(record.position() + SslTransport.HEADER);
    if (type != HANDSHAKE && partial.length > 0) {
      throw new SSLProtocolException("a record of type " + type + " inside a handshake message");
    }
    switch (type) {
      case HANDSHAKE -> {
        return join(record, payload);
      }
      case CHANGE_CIPHER_SPEC -> inboundEncrypted = true;
      default -> {}
    }
    return List.of(record);
  }

  /** Looks at records that Mbed TLS has written. */
  void outbound(byte[] records) throws SSLProtocolException {
    ByteBuffer in = ByteBuffer.wrap(records);
    while (!outboundEncrypted && in.hasRemaining()) {
      int type = Wire.uint8(in);
      Wire.skip(in, 2);
      ByteBuffer payload = Wire.vector16(in);
      if (type == CHANGE_CIPHER_SPEC) {
        outboundEncrypted = true;
      } else if (type == HANDSHAKE) {
        messages(payload, false);
      }
    }
  }

  private List<ByteBuffer> join(ByteBuffer record, ByteBuffer payload) throws SSLProtocolException {
    byte[] joined = new byte[partial.length + payload.remaining()];
    System.arraycopy(partial, 0, joined, 0, partial.length);
    payload.get(joined, partial.length, payload.remaining());
    ByteBuffer in = ByteBuffer.wrap(joined);
    List<ByteBuffer> messages = messages(in, true);
    int complete = in.position();
    int kept = messages.stream().mapToInt(ByteBuffer::remaining).sum();
    boolean whole = partial.length == 0 && kept == joined.length;
    partial = Arrays.copyOfRange(joined, complete, joined.length);
    if (partial.length > MESSAGE_HEADER) {
      checkLength(ByteBuffer.wrap(partial));
    }
    if (whole) {
      return List.of(record);
    }
    List<ByteBuffer> records = new ArrayList<>();
    for (ByteBuffer message : messages) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(HANDSHAKE);
      out.write(record.get(record.position() + 1));
      out.write(record.get(record.position() + 2));
      out.write(message.remaining() >>> 8);
      out.write(message.remaining());
      out.writeBytes(Wire.bytes(message.duplicate()));
      records.add(ByteBuffer.wrap(out.toByteArray()));
    }
    return records;
  }

  private static void checkLength(ByteBuffer message) throws SSLProtocolException {
    int length = MESSAGE_HEADER + (message.getInt(0) & 0xFFFFFF);
    if (length > MAX_RECORD) {
      throw new SSLProtocolException(
          "a handshake message of " + length + " bytes: Mbed TLS 2.28 takes " + MAX_RECORD);
    }
  }

  /** The complete messages at the start of a buffer, after a look at each. */
  private List<ByteBuffer> messages(ByteBuffer in, boolean fromPeer) throws SSLProtocolException {
    List<ByteBuffer> messages = new ArrayList<>();
    while (in.remaining() >= MESSAGE_HEADER) {
      int start = in.position();
      int length = MESSAGE_HEADER + (in.getInt(start) & 0xFFFFFF);
      if (in.remaining() < length) {
        return messages;
      }
      ByteBuffer message = Wire.take(in, length);
      if (fromPeer && message.get(0) == HELLO_REQUEST && length == MESSAGE_HEADER) {
        // RFC 5246 section 7.4.1.1: ignored in a handshake, and no part of its transcript.
        continue;
      }
      messages.add(message);
      try {
        look(message.duplicate(), fromPeer);
      } catch (RuntimeException e) {
        SSLProtocolException malformed =
            new SSLProtocolException("malformed handshake message of type " + message.get(0));
        malformed.initCause(e);
        throw malformed;
      }
    }
    return messages;
  }

  private void look(ByteBuffer message, boolean fromPeer) {
    int type = Wire.uint8(message);
    ByteBuffer body = Wire.vector24(message);
    if (type == CLIENT_HELLO) {
      security.clientHello(body.duplicate());
    }
    if (type == SERVER_HELLO) {
      security.serverHello(body.duplicate());
      Wire.uint8(body);
      protocol = Protocol.ofMinor(Wire.uint8(body));
      Wire.skip(body, RANDOM);
      sessionId = Wire.bytes(Wire.vector8(body));
      suite = Wire.uint16(body);
      Wire.uint8(body);
      applicationProtocol = ServerHello.applicationProtocol(body);
    } else if (type == SERVER_KEY_EXCHANGE && Suite.nameOf(suite) != null) {
      serverKeyExchange = ServerKeyExchange.parse(body.duplicate(), Suite.nameOf(suite), protocol);
      byte[] hint = Suite.isPsk(suite) ? Wire.bytes(Wire.vector16(body)) : new byte[0];
      pskHint = hint.length == 0 ? null : PskIdentity.of(hint);
    } else if (type == CERTIFICATE_VERIFY) {
      clientScheme = ServerKeyExchange.scheme(body, protocol);
    } else if (fromPeer) {
      switch (type) {
        case CLIENT_HELLO -> clientHello = ClientHello.parse(body);
        case NEW_SESSION_TICKET -> newSessionTicket = NewSessionTicket.parse(body);
        case CERTIFICATE -> {
          List<byte[]> chain = new ArrayList<>();
          for (ByteBuffer list = Wire.vector24(body); list.hasRemaining(); ) {
            chain.add(Wire.bytes(Wire.vector24(list)));
          }
          peerCertificates = List.copyOf(chain);
        }
        case CLIENT_KEY_EXCHANGE ->
            pskIdentity = Suite.isPsk(suite) ? Wire.bytes(Wire.vector16(body)) : null;
        case CERTIFICATE_REQUEST -> certificateRequest = CertificateRequest.parse(body, protocol);
        default -> {}
      }
    }
  }
}
