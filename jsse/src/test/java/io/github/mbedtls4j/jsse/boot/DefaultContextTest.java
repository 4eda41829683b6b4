package io.github.mbedtls4j.jsse.boot;

import io.github.mbedtls4j.testing.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JVM's default SSLContext when our providers come first. */
class DefaultContextTest {
  private static final String PASSWORD = "change it";

  @TempDir static Path directory;
  private static Path keyStore;

  @BeforeAll
  static void makeKeyStore() throws Exception {
    keyStore = directory.resolve("keys.p12");
    for (String algorithm : List.of("RSA", "EC")) {
      ChildJvm.run(
              List.of(
                  ChildJvm.jdkTool("keytool"),
                  "-genkeypair",
                  "-alias",
                  algorithm,
                  "-keyalg",
                  algorithm,
                  "-dname",
                  "CN=localhost",
                  "-ext",
                  "san=dns:localhost,ip:127.0.0.1",
                  "-keystore",
                  keyStore.toString(),
                  "-storepass",
                  PASSWORD))
          .expect();
    }
  }

  private static ChildJvm jvm() {
    return ChildJvm.of(DefaultContextUse.class)
        .with(
            "-Djava.security.properties=" + ChildJvm.projectRoot().resolve("java.security.sample"));
  }

  private static ChildJvm withStores() {
    return jvm()
        .with("-Djavax.net.ssl.keyStore=" + keyStore)
        .with("-Djavax.net.ssl.keyStorePassword=" + PASSWORD)
        .with("-Djavax.net.ssl.trustStore=" + keyStore)
        .with("-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }

  @Test
  void httpsWithSystemProperties() throws Exception {
    withStores()
        .run()
        .expect(
            "default: MbedJSSE",
            "sockets: io.github.mbedtls4j.jsse",
            "server sockets: io.github.mbedtls4j.jsse",
            "TLS: MbedJSSE",
            "SSL: MbedJSSE",
            "TLSv1.2: MbedJSSE",
            // Mbed TLS 2.28 has no TLS 1.3: who asks for it by name gets the JDK's.
            "TLSv1.3: SunJSSE",
            "keys: MbedJSSE",
            "trust: MbedJSSE",
            "suite: TLS_ECDHE_",
            "protocol: TLSv1.2",
            "session: io.github.mbedtls4j.jsse",
            "answered",
            "ended");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nonexistent", "a directory"})
  void aKeyStoreThatCannotBeRead(String store) throws Exception {
    jvm()
        .with("-Djavax.net.ssl.keyStore=" + (store.startsWith("/") ? store : directory))
        .run()
        .expect("no default context: ");
  }
}
