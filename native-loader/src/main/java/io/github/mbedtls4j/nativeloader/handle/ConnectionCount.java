package io.github.mbedtls4j.nativeloader.handle;

/**
 * How many connections hold native memory. Many an application forgets an engine whose transport is
 * gone without closing it, and only the garbage collector can tell. It sees a small object, not the
 * native memory behind it: when that has become much, it is called, as the JDK does for direct
 * buffers.
 */
final class ConnectionCount {
  /** The two record buffers of a connection, and what belongs to it. */
  private static final int BYTES = 40_000;

  private static final int MIN_LIMIT = 1000;

  private final int limit;
  private final Runnable collector;
  private int count;

  /** The least since the collector was called: as many are in use for certain. */
  private int low;

  ConnectionCount() {
    this(
        (int) Math.max(MIN_LIMIT, Runtime.getRuntime().maxMemory() / 4 / BYTES),
        ConnectionCount::collectInBackground);
  }

  /**
   * A count of its own.
   *
   * @param limit so many connections are never too many
   * @param collector called when there are more, and twice as many as were left by the last call
   */
  ConnectionCount(int limit, Runnable collector) {
    this.limit = limit;
    this.collector = collector;
  }

  synchronized int count() {
    return count;
  }

  synchronized void add() {
    count++;
    if (count > Math.max(limit, 2 * low)) {
      low = count;
      collector.run();
    }
  }

  synchronized void remove() {
    count--;
    low = Math.min(low, count);
  }

  private static void collectInBackground() {
    Thread thread = new Thread(System::gc, "mbedtls4j abandoned connections");
    thread.setDaemon(true);
    thread.start();
  }
}
