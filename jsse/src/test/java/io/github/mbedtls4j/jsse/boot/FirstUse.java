package io.github.mbedtls4j.jsse.boot;

import io.github.mbedtls4j.jsse.MbedTlsJsseProvider;
import io.github.mbedtls4j.provider.MbedTlsProvider;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLContext;

/** Main of child JVMs: the argument names the JVM's first use of a security service. */
final class FirstUse {
  private FirstUse() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "SSLContext" -> System.out.println(SSLContext.getDefault().getProtocol());
      case "SecureRandom" -> System.out.println(new SecureRandom().nextInt());
      case "getProvider" -> System.out.println(Security.getProvider("MbedJSSE"));
      case "insertProviderAt" -> {
        Security.insertProviderAt(new MbedTlsJsseProvider(), 1);
        Security.insertProviderAt(new MbedTlsProvider(), 1);
      }
      case "constructors" -> constructors();
      case "threads" -> threads();
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    System.out.println(
        "providers: " + Arrays.stream(Security.getProviders()).map(Provider::getName).toList());
    SSLContext context = SSLContext.getDefault();
    System.out.println("default: " + context.getProvider().getName());
    System.out.println("engine: " + context.createSSLEngine().getSupportedCipherSuites().length);
    System.out.println("TLS: " + SSLContext.getInstance("TLS").getProvider().getName());
    System.out.println("random: " + new SecureRandom().getProvider().getName());
    System.out.println("ended");
  }

  /** Both providers load the one library, each from a thread of its own. */
  private static void constructors() throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    FutureTask<Provider> other =
        new FutureTask<>(
            () -> {
              start.await();
              return new MbedTlsProvider();
            });
    new Thread(other).start();
    start.await();
    System.out.println(new MbedTlsJsseProvider() + " and " + other.get());
  }

  /** The JVM itself loads each provider because a thread asks for it, both at the same time. */
  private static void threads() throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    FutureTask<Provider> other =
        new FutureTask<>(
            () -> {
              start.await();
              return Security.getProvider("MbedTLS");
            });
    new Thread(other).start();
    start.await();
    System.out.println(Security.getProvider("MbedJSSE") + " and " + other.get());
  }
}
