package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.jsse.KeyingMaterialExporter;
import io.github.mbedtls4j.nativeloader.handle.SslTransport;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLProtocolException;
import javax.net.ssl.SSLSession;

/** An SSLEngine: the arithmetic of buffers and statuses around a {@link Connection}. */
final class Engine extends ConfiguredEngine implements KeyingMaterialExporter {
  /** Set to true to run the managers inside wrap and unwrap instead of as delegated tasks. */
  static final String INLINE_TASKS = "mbedtls4j.jsse.inlineTasks";

  private static final int MAX_RECORD = SslTransport.HEADER + Session.MAX_DATA + 2048;

  private final ReentrantLock lock = new ReentrantLock();
  private final Session none;
  private final boolean inlineTasks = Boolean.getBoolean(INLINE_TASKS);
  private boolean modeSet;

  /** Null until the handshake starts or the engine is closed. */
  private Connection connection;

  private boolean finishedReported;

  Engine(ContextData context, String peerHost, int peerPort) {
    super(context, peerHost, peerPort);
    none = new Session(null, null, -1);
  }

  private Connection connection() {
    if (connection == null) {
      connection = new Connection(lock, context, settings, owner(), getPeerHost(), getPeerPort());
    }
    return connection;
  }

  @Override
  public void beginHandshake() throws SSLException {
    lock.lock();
    try {
      begin();
    } finally {
      lock.unlock();
    }
  }

  private void begin() throws SSLException {
    checkMode();
    Connection current = connection();
    current.throwFailure();
    if (current.isOpen() && !current.isInboundClosed() && !current.isOutboundClosed()) {
      // Mbed TLS can; but an insecure peer may ask for it, so neither side does.
      throw new SSLException("renegotiation is not supported");
    }
    current.begin();
    runInline();
  }

  private void checkMode() {
    if (!modeSet) {
      throw new IllegalStateException("Client/Server mode has not yet been set.");
    }
  }

  private void runInline() {
    if (inlineTasks) {
      for (Runnable task; (task = connection.takeTask()) != null; ) {
        task.run();
      }
    }
  }

  @Override
  public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target)
      throws SSLException {
    EngineBuffers.checkWrap(sources, offset, length, target);
    lock.lock();
    try {
      checkMode();
      return wrapLocked(sources, offset, length, target);
    } finally {
      lock.unlock();
    }
  }

  private SSLEngineResult wrapLocked(
      ByteBuffer[] sources, int offset, int length, ByteBuffer target) throws SSLException {
    Connection current = connection();
    current.throwFailure();
    beginIfNew();
    int waiting = current.outboundLength();
    if (waiting == 0) {
      if (current.isOutboundClosed() || (!current.isOpen() && current.isInboundClosed())) {
        return result(Status.CLOSED, 0, 0);
      }
      if (!current.isOpen()) {
        return result(Status.OK, 0, 0);
      }
      return wrapData(current, sources, offset, length, target);
    }
    if (target.remaining() < waiting) {
      return result(Status.BUFFER_OVERFLOW, 0, 0);
    }
    current.takeOutbound(target);
    runInline();
    return result(isAllSent(current) ? Status.CLOSED : Status.OK, 0, waiting);
  }

  private void beginIfNew() throws SSLException {
    if (connection.isNew() && !connection.isOutboundClosed() && !connection.isInboundClosed()) {
      begin();
    }
  }

  private SSLEngineResult wrapData(
      Connection current, ByteBuffer[] sources, int offset, int length, ByteBuffer target)
      throws SSLException {
    long available = EngineBuffers.remaining(sources, offset, length);
    int size = (int) Math.min(available, current.maxData());
    if (size == 0) {
      // As SunJSSE: no record, though TLS knows empty ones.
      return result(Status.OK, 0, 0);
    }
    if (target.remaining() < size + current.expansion()) {
      return result(Status.BUFFER_OVERFLOW, 0, 0);
    }
    EngineBuffers.encrypt(current, sources, offset, size);
    int produced = 0;
    // TLS 1.0 cuts CBC records in two (1/n-1 splitting).
    while (current.outboundLength() > 0 && current.outboundLength() <= target.remaining()) {
      produced += current.outboundLength();
      current.takeOutbound(target);
    }
    current.session().touch();
    return result(Status.OK, size, produced);
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length)
      throws SSLException {
    EngineBuffers.checkUnwrap(source, targets, offset, length);
    long room = EngineBuffers.remaining(targets, offset, length);
    lock.lock();
    try {
      checkMode();
      return unwrapLocked(source, targets, offset, room);
    } finally {
      lock.unlock();
    }
  }

  private SSLEngineResult unwrapLocked(
      ByteBuffer source, ByteBuffer[] targets, int offset, long room) throws SSLException {
    Connection current = connection();
    current.throwFailure();
    if (current.isInboundClosed()) {
      return result(Status.CLOSED, 0, 0);
    }
    beginIfNew();
    HandshakeStatus status = current.status();
    if (!current.isOpen()
        && !current.isOutboundClosed()
        && (status == HandshakeStatus.NEED_WRAP || status == HandshakeStatus.NEED_TASK)) {
      return result(Status.OK, 0, 0);
    }
    int packet = Records.length(source);
    if (packet > MAX_RECORD) {
      throw current.fail(
          Alert.RECORD_OVERFLOW,
          new SSLProtocolException(
              "Input record too big: max = " + MAX_RECORD + " len = " + packet));
    }
    if (packet == Records.NOT_TLS) {
      throw current.fail(
          Alert.UNEXPECTED_MESSAGE, new SSLException("Unsupported or unrecognized SSL message"));
    }
    current.session().expectPacket(packet);
    if (packet == Records.INCOMPLETE || source.remaining() < packet) {
      return result(Status.BUFFER_UNDERFLOW, 0, 0);
    }
    boolean data =
        current.isOpen() && source.get(source.position()) == HandshakeTap.APPLICATION_DATA;
    if (data
        && room < Math.min(Session.MAX_DATA, packet - SslTransport.HEADER - current.overhead())) {
      return result(Status.BUFFER_OVERFLOW, 0, 0);
    }
    ByteBuffer record = source.slice(source.position(), packet);
    source.position(source.position() + packet);
    current.accept(record);
    int produced = 0;
    if (current.isOpen()) {
      produced = EngineBuffers.decrypt(current, targets, offset);
      current.session().touch();
    }
    runInline();
    return result(current.isInboundClosed() ? Status.CLOSED : Status.OK, packet, produced);
  }

  private SSLEngineResult result(Status status, int consumed, int produced) {
    HandshakeStatus handshake = connection.status();
    if (connection.isOpen()
        && !finishedReported
        && connection.outboundLength() == 0
        && handshake != HandshakeStatus.NEED_TASK) {
      finishedReported = true;
      if (!connection.isOutboundClosed() && !connection.isInboundClosed()) {
        handshake = HandshakeStatus.FINISHED;
      }
    }
    return new SSLEngineResult(status, handshake, consumed, produced);
  }

  /** What the connection says under the lock; something else as long as there is none. */
  private <R> R ask(Function<Connection, R> question, R otherwise) {
    lock.lock();
    try {
      return connection == null ? otherwise : question.apply(connection);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Runnable getDelegatedTask() {
    return ask(Connection::takeTask, null);
  }

  @Override
  public void closeInbound() throws SSLException {
    lock.lock();
    try {
      connection().closeInbound();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void closeOutbound() {
    lock.lock();
    try {
      connection().closeOutbound();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isInboundDone() {
    return ask(Connection::isInboundClosed, false);
  }

  private static boolean isAllSent(Connection current) {
    return current.isOutboundClosed() && current.outboundLength() == 0;
  }

  @Override
  public boolean isOutboundDone() {
    return ask(Engine::isAllSent, false);
  }

  @Override
  public HandshakeStatus getHandshakeStatus() {
    return ask(Connection::status, HandshakeStatus.NOT_HANDSHAKING);
  }

  @Override
  public SSLSession getSession() {
    return ask(current -> current.isOpen() ? current.session() : none, none);
  }

  @Override
  public SSLSession getHandshakeSession() {
    return ask(Connection::handshakeSession, null);
  }

  @Override
  public byte[] exportKeyingMaterialData(String label, byte[] context, int length)
      throws SSLKeyException {
    KeyingMaterial material = ask(Connection::keyingMaterial, null);
    return KeyingMaterial.export(material, getSession().getProtocol(), label, context, length);
  }

  @Override
  public String getApplicationProtocol() {
    return ask(Connection::applicationProtocol, null);
  }

  @Override
  public String getHandshakeApplicationProtocol() {
    return ask(Connection::handshakeApplicationProtocol, null);
  }

  @Override
  public void setUseClientMode(boolean client) {
    lock.lock();
    try {
      if (connection != null && !connection.isNew()) {
        throw new IllegalArgumentException("Cannot change mode after SSL traffic has started");
      }
      settings.setClientMode(client, context);
      modeSet = true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String toString() {
    return "MbedJSSE engine, "
        + (settings.clientMode ? "client of " : "server of ")
        + getPeerHost();
  }
}
