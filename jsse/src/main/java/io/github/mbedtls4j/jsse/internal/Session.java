package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.jsse.KeyingMaterialExporter;
import io.github.mbedtls4j.jsse.PskIdentity;
import java.security.Principal;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.crypto.SecretKey;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSessionContext;

/**
 * What a connection is or will be. The connection fills it in while the handshake goes on; managers
 * see it as the handshake session.
 */
final class Session extends ExtendedSSLSession implements KeyingMaterialExporter {
  static final int MAX_DATA = 1 << 14;

  /** As SunJSSE's: by how much a record is longer than its data at most. */
  static final int OVERHEAD = 325;

  /** As SunJSSE's: the largest record that a peer sends in practice. */
  static final int PACKET_SIZE = MAX_DATA + Session.OVERHEAD;

  /** The protocol before there is one, as SunJSSE calls it. */
  static final String NO_PROTOCOL = "NONE";

  private final SessionContext context;
  private final String peerHost;
  private final int peerPort;
  private final long creationTime;
  private final SessionValues values = new SessionValues(this);
  private final SessionKeyingMaterial keyingMaterial = new SessionKeyingMaterial();

  private volatile SessionId id = new SessionId(new byte[0]);
  private volatile String protocol = NO_PROTOCOL;
  private volatile String cipherSuite = Suite.NONE;
  private volatile X509Certificate[] localCertificates;
  private volatile X509Certificate[] peerCertificates;
  private volatile PskIdentity localPskIdentity;
  private volatile PskIdentity peerPskIdentity;
  private volatile List<SNIServerName> requestedServerNames = List.of();
  private volatile String[] peerSignatureAlgorithms = new String[0];
  private volatile String[] localSignatureAlgorithms = new String[0];
  private volatile int packetSize = PACKET_SIZE;
  private volatile int maxData = PACKET_SIZE;
  private volatile boolean valid;
  private volatile boolean invalidated;
  private volatile long lastAccessedTime;

  /** Null for a session that cannot be resumed. */
  private volatile Resumable resumable;

  /**
   * A session before its handshake.
   *
   * @param context null for a session that stands for none
   */
  Session(SessionContext context, String peerHost, int peerPort) {
    this.context = context;
    this.peerHost = peerHost;
    this.peerPort = peerPort;
    creationTime = context == null ? System.currentTimeMillis() : context.now();
    lastAccessedTime = creationTime;
  }

  SessionId id() {
    return id;
  }

  void setId(SessionId newId) {
    id = newId;
  }

  Resumable resumable() {
    return resumable;
  }

  void setResumable(Resumable newResumable) {
    resumable = newResumable;
  }

  void setNegotiated(byte[] newId, Protocol newProtocol, String suite) {
    id = new SessionId(newId);
    setProtocol(newProtocol);
    if (suite != null) {
      cipherSuite = suite;
    }
  }

  void setProtocol(Protocol newProtocol) {
    protocol = newProtocol.standardName();
    // As SunJSSE: managers find the session of the handshake valid.
    valid = true;
  }

  void setLocalCertificates(X509Certificate[] chain) {
    localCertificates = chain;
  }

  void setPeerCertificates(X509Certificate[] chain) {
    peerCertificates = chain;
  }

  /** Who the client is that proved a pre-shared key. */
  void setPskIdentity(PskIdentity identity, boolean local) {
    localPskIdentity = local ? identity : null;
    peerPskIdentity = local ? null : identity;
  }

  void setRequestedServerNames(List<SNIServerName> names) {
    requestedServerNames = names;
  }

  void setPeerSignatureAlgorithms(List<String> names) {
    peerSignatureAlgorithms = names.toArray(String[]::new);
  }

  void setLocalSignatureAlgorithms(String[] names) {
    localSignatureAlgorithms = names;
  }

  /** Records will be short: of one length at most, with so much data in them. */
  void limit(int newPacketSize, int newMaxData) {
    packetSize = newPacketSize;
    maxData = newMaxData;
  }

  /** The peer announced a record of this length. */
  void expectPacket(int length) {
    packetSize = Math.max(packetSize, length);
  }

  /** What a connection of this session exports; when its handshake is over. */
  void addKeyingMaterial(KeyingMaterial material) {
    keyingMaterial.add(material);
  }

  /** Overrides since JDK 25. */
  @Override
  public SecretKey exportKeyingMaterialKey(
      String keyAlg, String label, byte[] exporterContext, int length) throws SSLKeyException {
    return KeyingMaterialExporter.super.exportKeyingMaterialKey(
        keyAlg, label, exporterContext, length);
  }

  /** Overrides since JDK 25. */
  @Override
  public byte[] exportKeyingMaterialData(String label, byte[] exporterContext, int length)
      throws SSLKeyException {
    return KeyingMaterial.export(keyingMaterial.only(), protocol, label, exporterContext, length);
  }

  void setValid() {
    valid = true;
  }

  @Override
  public byte[] getId() {
    return id.bytes();
  }

  @Override
  public SSLSessionContext getSessionContext() {
    return invalidated ? null : context;
  }

  @Override
  public long getCreationTime() {
    return creationTime;
  }

  @Override
  public long getLastAccessedTime() {
    return lastAccessedTime;
  }

  void touch() {
    lastAccessedTime = context == null ? System.currentTimeMillis() : context.now();
  }

  @Override
  public void invalidate() {
    invalidated = true;
    Resumable forgotten = resumable;
    if (forgotten != null) {
      forgotten.wipe();
      context.remove(this);
    }
  }

  @Override
  public boolean isValid() {
    return valid && !invalidated;
  }

  @Override
  public void putValue(String name, Object value) {
    values.put(name, value);
  }

  @Override
  public Object getValue(String name) {
    return values.get(name);
  }

  @Override
  public void removeValue(String name) {
    values.remove(name);
  }

  @Override
  public String[] getValueNames() {
    return values.names();
  }

  @Override
  public Certificate[] getPeerCertificates() throws SSLPeerUnverifiedException {
    if (peerCertificates == null) {
      throw new SSLPeerUnverifiedException("peer not authenticated");
    }
    return peerCertificates.clone();
  }

  @Override
  public Certificate[] getLocalCertificates() {
    return localCertificates == null ? null : localCertificates.clone();
  }

  @Override
  public Principal getPeerPrincipal() throws SSLPeerUnverifiedException {
    if (peerPskIdentity != null) {
      return peerPskIdentity;
    }
    return ((X509Certificate) getPeerCertificates()[0]).getSubjectX500Principal();
  }

  @Override
  public Principal getLocalPrincipal() {
    if (localPskIdentity != null) {
      return localPskIdentity;
    }
    return localCertificates == null ? null : localCertificates[0].getSubjectX500Principal();
  }

  @Override
  public String getCipherSuite() {
    return cipherSuite;
  }

  @Override
  public String getProtocol() {
    return protocol;
  }

  @Override
  public String getPeerHost() {
    return peerHost;
  }

  @Override
  public int getPeerPort() {
    return peerPort;
  }

  @Override
  public int getPacketBufferSize() {
    return packetSize;
  }

  @Override
  public int getApplicationBufferSize() {
    return Math.min(packetSize - 5, maxData);
  }

  @Override
  public String[] getLocalSupportedSignatureAlgorithms() {
    return localSignatureAlgorithms.clone();
  }

  @Override
  public String[] getPeerSupportedSignatureAlgorithms() {
    return peerSignatureAlgorithms.clone();
  }

  @Override
  public List<SNIServerName> getRequestedServerNames() {
    return requestedServerNames;
  }

  @Override
  public List<byte[]> getStatusResponses() {
    return List.of();
  }

  @Override
  public String toString() {
    return "Session(" + protocol + ", " + cipherSuite + ", " + id.hashCode() + ")";
  }
}
