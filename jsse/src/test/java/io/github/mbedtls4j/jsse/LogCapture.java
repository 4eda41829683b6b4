package io.github.mbedtls4j.jsse;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the provider logs while this is open. */
final class LogCapture implements AutoCloseable {
  private final Logger logger = Logger.getLogger("io.github.mbedtls4j.jsse");
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  LogCapture(Level level) {
    handler.setLevel(Level.ALL);
    logger.setLevel(level);
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
  }

  /** The messages at a level. */
  List<String> lines(Level level) {
    return records.stream().filter(r -> r.getLevel().equals(level)).map(LogCapture::text).toList();
  }

  /** All messages. */
  List<String> lines() {
    return records.stream().map(LogCapture::text).toList();
  }

  private static String text(LogRecord logged) {
    return new SimpleFormatter().formatMessage(logged)
        + (logged.getThrown() == null ? "" : " " + logged.getThrown());
  }

  @Override
  public String toString() {
    return String.join("\n", lines());
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
  }
}
