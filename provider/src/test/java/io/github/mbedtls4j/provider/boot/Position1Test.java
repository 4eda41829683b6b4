package io.github.mbedtls4j.provider.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mbedtls4j.provider.MbedTlsProvider;
import io.github.mbedtls4j.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fresh JVMs whose first provider is ours. */
class Position1Test {
  private static final String SHA256_OF_ABC = "ba7816bf";
  private static final String PASSWORD = "change it";

  @TempDir static Path directory;
  private static Path sunStore;

  @BeforeAll
  static void makeKeyStore() throws IOException, InterruptedException {
    sunStore = directory.resolve("sun.p12");
    for (String algorithm : List.of("RSA", "EC")) {
      ChildJvm.run(keytool(sunStore, algorithm)).expect();
    }
  }

  private static List<String> keytool(Path store, String algorithm) {
    List<String> command = new ArrayList<>(List.of(ChildJvm.jdkTool("keytool")));
    command.addAll(generate(store, algorithm));
    return command;
  }

  private static List<String> generate(Path store, String algorithm) {
    return List.of(
        "-genkeypair",
        "-alias",
        algorithm,
        "-keyalg",
        algorithm,
        "-dname",
        "CN=localhost",
        "-keystore",
        store.toString(),
        "-storepass",
        PASSWORD);
  }

  private static ChildJvm withSample(Class<?> main) {
    return ChildJvm.of(main).with("-Djava.security.properties=" + sample());
  }

  private static Path sample() {
    return ChildJvm.projectRoot().resolve("java.security.sample");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SecureRandom",
        "UUID",
        "createTempFile",
        "File.createTempFile",
        "SSLContext",
        "getProvider"
      })
  void sampleFile(String firstUse) throws Exception {
    withSample(FirstUse.class)
        .run(firstUse)
        .expect(
            "providers: [MbedTLS, ",
            "SUN, SunRsaSign, SunEC, SunJSSE, SunJCE,",
            "random: MbedTLS CTR_DRBG",
            "digest: MbedTLS " + SHA256_OF_ABC,
            "UUID: 4",
            "ended");
  }

  @Test
  void sampleFileWithSeveralThreads() throws Exception {
    ChildJvm.Result result = withSample(FirstUse.class).run("threads");
    result.expect("providers: [MbedTLS, ", "random: MbedTLS", "ended");
    assertEquals(
        4,
        result
            .output()
            .lines()
            // A thread that meets the provider while another constructs it goes on without it.
            .filter(line -> line.matches("thread: (MbedTLS|SUN)"))
            .count(),
        result.output());
  }

  @Test
  void sampleFileWithoutOurJars() throws Exception {
    withSample(FirstUse.class)
        .without(ChildJvm.named("jna"))
        .run("SecureRandom")
        .expect("there is no JNA", "providers: [SUN, ", "digest: SUN " + SHA256_OF_ABC, "ended");
    withSample(FirstUse.class)
        .withClassPath(
            ChildJvm.classPath().stream()
                .filter(element -> element.endsWith("test-classes"))
                .toList())
        .run("SecureRandom")
        .expect("providers: [SUN, ", "digest: SUN " + SHA256_OF_ABC, "ended");
  }

  @Test
  void insertedAtPosition1() throws Exception {
    ChildJvm.of(FirstUse.class)
        .run("insertProviderAt")
        .expect("providers: [MbedTLS, SUN, ", "random: MbedTLS", "digest: MbedTLS", "ended");
  }

  @Test
  void loadingNeitherMakesTempFilesNorRandomNumbers() throws Exception {
    ChildJvm.Result result =
        withSample(FirstUse.class).with("-Xlog:class+load").run("getProvider").expect("ended");
    String untilLoaded = result.output().substring(0, result.output().indexOf("MbedTLS version"));
    assertFalse(untilLoaded.contains("java.io.File$TempDirectory"), "JNA made a temporary file");
    assertFalse(untilLoaded.contains("sun.security.provider.NativePRNG"), "someone wanted a PRNG");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MbedTLS", "io.github.mbedtls4j.provider.MbedTlsProvider"})
  void whenLoadingFailsTheNextProviderServes(String name) throws Exception {
    Path properties =
        Files.writeString(
            directory.resolve("failing.security"),
            Files.readString(sample()).replace("=MbedTLS", "=" + name));
    ChildJvm.Result result =
        ChildJvm.of(FirstUse.class)
            .with("-Djava.security.properties=" + properties)
            .with("-Dmbedtls4j.library=/nonexistent")
            .run("SecureRandom");
    result.expect("providers: [SUN, ", "digest: SUN " + SHA256_OF_ABC, "ended");
    result.expect("MbedTLS has no services", "/nonexistent: no such file", "Remedy: ");
    assertEquals(1, result.output().split("Remedy: ", -1).length - 1, result.output());
  }

  @Test
  void constructedDirectlyAFailureIsThrown() throws Exception {
    ChildJvm.of(FirstUse.class)
        .with("-Dmbedtls4j.library=/nonexistent")
        .run("insertProviderAt")
        .expectFailure("LibraryLoadException", "/nonexistent: no such file", "Remedy: ");
  }

  @Test
  void oursAndSunAlone() throws Exception {
    Path properties =
        Files.writeString(
            directory.resolve("two.security"),
            """
            security.provider.1=MbedTLS
            security.provider.2=SUN
            keystore.type=pkcs12
            """);
    String option = "-Djava.security.properties==" + properties;
    ChildJvm.of(FirstUse.class)
        .with(option)
        .run("SecureRandom")
        .expect("providers: [MbedTLS, SUN]", "random: MbedTLS", "digest: MbedTLS", "ended");

    Path certificate = directory.resolve("certificate.pem");
    ChildJvm.run(
            List.of(
                ChildJvm.jdkTool("keytool"),
                "-exportcert",
                "-rfc",
                "-alias",
                "RSA",
                "-file",
                certificate.toString(),
                "-keystore",
                sunStore.toString(),
                "-storepass",
                PASSWORD))
        .expect();
    ChildJvm.of(CertificateUse.class)
        .with(option)
        .run(certificate.toString())
        .expect("providers: [MbedTLS, SUN]", "subject: CN=localhost", "key: RSA");
  }

  @Test
  void keyStoreOfSun() throws Exception {
    withSample(KeyStoreUse.class)
        .run(sunStore.toString(), PASSWORD)
        .expect("first: MbedTLS", "used RSA key of CN=localhost", "used EC key", "ended");
  }

  @Test
  void keyStoreLoadedBeforeOursIsInserted() throws Exception {
    ChildJvm.of(KeyStoreUse.class)
        .run(sunStore.toString(), PASSWORD, "insert")
        .expect("first: MbedTLS", "used RSA key of CN=localhost", "used EC key", "ended");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-legacy"})
  void keyStoreOfOpenSsl(String option) throws Exception {
    assumeTrue(Files.exists(Path.of("/usr/bin/openssl")), "no openssl");
    Path store = directory.resolve("openssl" + option + ".p12");
    String pem = directory.resolve("openssl.pem").toString();
    String request = "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=openssl -days 365";
    List<String> command = new ArrayList<>(List.of(request.split(" ")));
    command.addAll(List.of("-keyout", pem, "-out", pem + ".crt"));
    ChildJvm.run(command).expect();
    List<String> export = new ArrayList<>(List.of("openssl", "pkcs12", "-export"));
    if (!option.isEmpty()) {
      export.add(option);
    }
    export.addAll(
        List.of("-inkey", pem, "-in", pem + ".crt", "-out", store.toString(), "-name", "it"));
    export.addAll(List.of("-passout", "pass:" + PASSWORD));
    ChildJvm.Result exported = ChildJvm.run(export);
    assumeTrue(exported.exitCode() == 0, () -> "openssl pkcs12: " + exported.output());

    withSample(KeyStoreUse.class)
        .run(store.toString(), PASSWORD)
        .expect("first: MbedTLS", "used RSA key of CN=openssl", "ended");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void keytool(String algorithm) throws Exception {
    Path store = directory.resolve("keytool-" + algorithm + ".p12");
    ChildJvm.of("sun.security.tools.keytool.Main")
        .with("-Djava.security.properties=" + sample())
        .run(generate(store, algorithm).toArray(String[]::new))
        .expect();
    // A JVM without our provider reads what the JVM with it wrote.
    ChildJvm.of(KeyStoreUse.class)
        .run(store.toString(), PASSWORD)
        .expect("first: SUN", "used " + algorithm + " key of CN=localhost", "ended");
  }

  /** They are internal to the JDK: SunJSSE with us at position 1 goes on to SunJCE. */
  @Test
  void parametersOfSunJsse() throws Exception {
    ChildJvm.of(PremasterUse.class)
        .with("--add-exports", "java.base/sun.security.internal.spec=ALL-UNNAMED")
        .run()
        .expect("ours: refused", "any: SunJCE");
  }

  @Test
  void onTheModulePath() throws Exception {
    List<String> modules = ChildJvm.classPath().stream().filter(Position1Test::isModule).toList();
    withSample(FirstUse.class)
        .withModulePath(modules)
        .withClassPath(
            ChildJvm.classPath().stream().filter(element -> !modules.contains(element)).toList())
        .with("--add-modules", MbedTlsProvider.class.getPackageName())
        .run("UUID")
        .expect("providers: [MbedTLS, ", "digest: MbedTLS " + SHA256_OF_ABC, "ended");
  }

  private static boolean isModule(String element) {
    String name = Path.of(element).getFileName().toString();
    boolean loader = name.startsWith("mbedtls4j-native-loader") && !name.contains("tests");
    return loader || name.equals("classes") || name.startsWith("jna-jpms");
  }
}
