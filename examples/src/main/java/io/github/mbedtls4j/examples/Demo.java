package io.github.mbedtls4j.examples;

import io.github.mbedtls4j.jsse.MbedTlsJsseProvider;
import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.provider.MbedTlsProvider;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;

/**
 * A first look at the two providers: plain JCA and JSSE code on real input, each result checked
 * against the JDK's own providers. Nothing below {@link #main} knows that the providers are ours.
 */
public final class Demo {
  /** Leaves the measurements out. */
  static final String NO_SPEED = "--no-speed";

  private Demo() {}

  /**
   * Runs everything; the exit code is 1 if a check failed.
   *
   * @param arguments {@code --no-speed}, or none
   */
  public static void main(String[] arguments) throws Exception {
    // The console may have another charset than this JVM's default.
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    boolean speed = arguments.length == 0 || !arguments[0].equals(NO_SPEED);
    System.exit(run(new Report(out), speed) ? 0 : 1);
  }

  /** Runs everything; whether all checks succeeded. */
  static boolean run(Report report, boolean speed) throws Exception {
    Provider crypto = new MbedTlsProvider();
    Provider tls = new MbedTlsJsseProvider();
    report.title("mbedtls4j: the JDK's security APIs on Mbed TLS");
    report.line("JVM", System.getProperty("java.vm.name") + " " + Runtime.version());
    report.line("library", MbedTls.version() + ", " + MbedTls.source());
    report.line("", MbedTls.path());
    for (Provider provider : new Provider[] {crypto, tls}) {
      report.line(
          "provider",
          provider.getName()
              + " "
              + provider.getVersionStr()
              + " with "
              + provider.getServices().size()
              + " services");
    }

    Peers peers = new Peers(crypto, tls);
    CryptoChecks.run(report, peers, jar());
    TlsChecks.run(report, peers);
    if (speed) {
      Speed.run(report, peers);
    }
    report.summary();
    return report.isGood();
  }

  /** A real file of some size that is always there: the jar that the provider came in. */
  private static Path jar() throws Exception {
    Path path =
        Path.of(MbedTlsProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    // In a build the classes are not in a jar yet; the JDK has a file for us then.
    return path.toFile().isFile() ? path : Path.of(System.getProperty("java.home"), "lib/modules");
  }

  /**
   * The providers of a comparison.
   *
   * @param crypto ours for JCA
   * @param tls ours for JSSE
   */
  record Peers(Provider crypto, Provider tls) {
    /** The JDK's provider of a service. */
    Provider jdk(String name) {
      return Security.getProvider(name);
    }
  }
}
