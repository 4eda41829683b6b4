package io.github.mbedtls4j.jsse.internal;

import java.security.Provider;
import java.util.function.LongSupplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** An SSLContext whose sessions age by a clock of the test. */
public final class ClockedContext extends SSLContext {
  private ClockedContext(Provider provider, LongSupplier clock) {
    super(new ContextSpi(Protocol.DEFAULT, Protocol.DEFAULT, clock), provider, "TLS");
  }

  /** A context with keys and trust; the clock counts milliseconds. */
  public static SSLContext of(
      Provider provider, LongSupplier clock, KeyManager[] keys, TrustManager[] trust)
      throws Exception {
    SSLContext context = new ClockedContext(provider, clock);
    context.init(keys, trust, null);
    return context;
  }
}
