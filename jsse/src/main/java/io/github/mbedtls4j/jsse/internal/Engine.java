package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.NativeBuffer;
import io.github.mbedtls4j.nativeloader.handle.SslTransport;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLProtocolException;
import javax.net.ssl.SSLSession;

/** An SSLEngine: the arithmetic of buffers and statuses around a {@link Connection}. */
final class Engine extends ConfiguredEngine {
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
    if (sources == null || target == null) {
      throw new IllegalArgumentException("source or destination buffer is null");
    }
    Objects.checkFromIndexSize(offset, length, sources.length);
    for (int i = offset; i < offset + length; i++) {
      if (sources[i] == null) {
        throw new IllegalArgumentException("source buffer " + i + " is null");
      }
    }
    if (target.isReadOnly()) {
      throw new ReadOnlyBufferException();
    }
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
    boolean done = current.isOutboundClosed() && current.outboundLength() == 0;
    return result(done ? Status.CLOSED : Status.OK, 0, waiting);
  }

  private void beginIfNew() throws SSLException {
    if (connection.isNew() && !connection.isOutboundClosed() && !connection.isInboundClosed()) {
      begin();
    }
  }

  private SSLEngineResult wrapData(
      Connection current, ByteBuffer[] sources, int offset, int length, ByteBuffer target)
      throws SSLException {
    long available = 0;
    for (int i = offset; i < offset + length; i++) {
      available += sources[i].remaining();
    }
    int size = (int) Math.min(available, current.maxData());
    if (size == 0) {
      // As SunJSSE: no record, though TLS knows empty ones.
      return result(Status.OK, 0, 0);
    }
    if (target.remaining() < size + current.expansion()) {
      return result(Status.BUFFER_OVERFLOW, 0, 0);
    }
    try (NativeBuffer data = NativeBuffer.allocate(size)) {
      int at = 0;
      for (int i = offset; at < size; i++) {
        ByteBuffer part = sources[i].duplicate();
        part.limit(part.position() + Math.min(part.remaining(), size - at));
        int count = part.remaining();
        data.put(at, part);
        at += count;
        sources[i].position(part.position());
      }
      current.write(data, size);
    }
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
    if (source == null || targets == null) {
      throw new IllegalArgumentException("source or destination buffer is null");
    }
    Objects.checkFromIndexSize(offset, length, targets.length);
    long room = 0;
    for (int i = offset; i < offset + length; i++) {
      if (targets[i] == null) {
        throw new IllegalArgumentException("destination buffer " + i + " is null");
      }
      if (targets[i].isReadOnly()) {
        throw new ReadOnlyBufferException();
      }
      room += targets[i].remaining();
    }
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
    int produced = current.isOpen() ? readData(current, targets, offset) : 0;
    runInline();
    return result(current.isInboundClosed() ? Status.CLOSED : Status.OK, packet, produced);
  }

  private int readData(Connection current, ByteBuffer[] targets, int offset) throws SSLException {
    int produced = 0;
    try (NativeBuffer data = NativeBuffer.allocate(Session.MAX_DATA)) {
      int target = offset;
      int high = 0;
      do {
        int count = current.read(data);
        high = Math.max(high, count);
        for (int at = 0; at < count; ) {
          while (!targets[target].hasRemaining()) {
            target++;
          }
          int part = Math.min(targets[target].remaining(), count - at);
          data.get(at, targets[target], part);
          at += part;
        }
        produced += count;
      } while (current.pending());
      data.truncate(high);
    }
    current.session().touch();
    return produced;
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

  @Override
  public Runnable getDelegatedTask() {
    lock.lock();
    try {
      return connection == null ? null : connection.takeTask();
    } finally {
      lock.unlock();
    }
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
    lock.lock();
    try {
      return connection != null && connection.isInboundClosed();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isOutboundDone() {
    lock.lock();
    try {
      return connection != null
          && connection.isOutboundClosed()
          && connection.outboundLength() == 0;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public HandshakeStatus getHandshakeStatus() {
    lock.lock();
    try {
      return connection == null ? HandshakeStatus.NOT_HANDSHAKING : connection.status();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public SSLSession getSession() {
    lock.lock();
    try {
      return connection != null && connection.isOpen() ? connection.session() : none;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public SSLSession getHandshakeSession() {
    lock.lock();
    try {
      return connection == null ? null : connection.handshakeSession();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String getApplicationProtocol() {
    lock.lock();
    try {
      return connection == null ? null : connection.applicationProtocol();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String getHandshakeApplicationProtocol() {
    lock.lock();
    try {
      return connection == null ? null : connection.handshakeApplicationProtocol();
    } finally {
      lock.unlock();
    }
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
