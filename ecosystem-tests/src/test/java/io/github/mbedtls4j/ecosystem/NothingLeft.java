package io.github.mbedtls4j.ecosystem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.handle.SslConnection;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * After each test: nobody logged a warning or an error, and every native connection is gone. All
 * products log to {@code java.util.logging}.
 */
final class NothingLeft implements BeforeEachCallback, AfterEachCallback {
  /** HttpsURLConnection alone keeps connections for up to ten seconds. */
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private static final long GC_MILLIS = 100;

  /** Tomcat's generator of session ids, which warns that a busy machine is slow. */
  private static final String SLOW = "org.apache.catalina.util.SessionIdGeneratorBase";

  private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();
  private final Handler recorder =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          if (entry.getLevel().intValue() >= Level.WARNING.intValue()
              && !SLOW.equals(entry.getLoggerName())) {
            records.add(entry);
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private final Logger root = Logger.getLogger("");
  private Handler[] usual;
  private int connections;

  @Override
  public void beforeEach(ExtensionContext context) {
    records.clear();
    usual = root.getHandlers();
    for (Handler handler : usual) {
      root.removeHandler(handler);
    }
    root.addHandler(recorder);
    connections = SslConnection.openConnections();
  }

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    try {
      awaitConnections(connections);
      assertEquals(List.of(), records.stream().map(NothingLeft::text).toList());
    } finally {
      root.removeHandler(recorder);
      for (Handler handler : usual) {
        root.addHandler(handler);
      }
    }
  }

  /**
   * Waits until there are so many native connections: ends are noticed by other threads. Some
   * products forget engines without closing both directions: these are the collector's.
   */
  private static void awaitConnections(int expected) throws InterruptedException {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    long start = System.nanoTime();
    while (SslConnection.openConnections() > expected
        && System.nanoTime() - start < PATIENCE_NANOS) {
      Reference<Object> garbage = new PhantomReference<>(new Object(), queue);
      try {
        System.gc();
        // The collector is done when it has found this.
        queue.remove(GC_MILLIS);
      } finally {
        Reference.reachabilityFence(garbage);
      }
    }
    int left = SslConnection.openConnections();
    assertTrue(left <= expected, () -> "native connections: " + left + ", before " + expected);
  }

  private static String text(LogRecord entry) {
    return entry.getLoggerName() + ": " + entry.getMessage() + " " + entry.getThrown();
  }
}
