package io.github.mbedtls4j.jsse.internal;

import java.util.Collections;
import java.util.Enumeration;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;

/** The sessions that may be resumed: none, every handshake is a full one. */
final class SessionContext implements SSLSessionContext {
  private static final int DEFAULT_TIMEOUT = 86_400;
  private static final int DEFAULT_CACHE_SIZE = 20_480;

  private volatile int timeout = DEFAULT_TIMEOUT;
  private volatile int cacheSize = DEFAULT_CACHE_SIZE;

  @Override
  public SSLSession getSession(byte[] sessionId) {
    if (sessionId == null) {
      throw new NullPointerException("session id cannot be null");
    }
    return null;
  }

  @Override
  public Enumeration<byte[]> getIds() {
    return Collections.emptyEnumeration();
  }

  @Override
  public void setSessionTimeout(int seconds) {
    if (seconds < 0) {
      throw new IllegalArgumentException("negative session timeout");
    }
    timeout = seconds;
  }

  @Override
  public int getSessionTimeout() {
    return timeout;
  }

  @Override
  public void setSessionCacheSize(int size) {
    if (size < 0) {
      throw new IllegalArgumentException("negative session cache size");
    }
    cacheSize = size;
  }

  @Override
  public int getSessionCacheSize() {
    return cacheSize;
  }
}
