package io.github.mbedtls4j.ecosystem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.handle.SslConnection;
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
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();
  private final Handler recorder =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
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
  public void afterEach(ExtensionContext context) {
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
  static void awaitConnections(int expected) {
    long start = System.nanoTime();
    while (SslConnection.openConnections() > expected
        && System.nanoTime() - start < PATIENCE_NANOS) {
      System.gc();
      Thread.onSpinWait();
    }
    int left = SslConnection.openConnections();
    assertTrue(left <= expected, () -> "native connections: " + left + ", before " + expected);
  }

  private static String text(LogRecord entry) {
    return entry.getLoggerName() + ": " + entry.getMessage() + " " + entry.getThrown();
  }
}
