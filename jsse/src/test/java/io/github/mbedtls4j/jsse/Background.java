package io.github.mbedtls4j.jsse;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Runs the other end of a connection, in daemon threads. */
public final class Background {
  private static final int SECONDS = 60;
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "other end");
            thread.setDaemon(true);
            return thread;
          });

  /** Code without a result. */
  public interface Action {
    void run() throws Exception;
  }

  private Background() {}

  public static <T> CompletableFuture<T> call(Callable<T> code) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return code.call();
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        },
        THREADS);
  }

  public static CompletableFuture<Void> run(Action code) {
    return call(
        () -> {
          code.run();
          return null;
        });
  }

  /** The result, or the exception itself. */
  public static <T> T await(CompletableFuture<T> future) throws Exception {
    try {
      return future.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        cause.addSuppressed(new Exception("awaited here"));
        throw cause;
      }
      throw e;
    }
  }

  /** What the code threw; null if it succeeded. */
  public static Exception failureOf(CompletableFuture<?> future) {
    try {
      await(future);
      return null;
    } catch (Exception e) {
      return e;
    }
  }
}
