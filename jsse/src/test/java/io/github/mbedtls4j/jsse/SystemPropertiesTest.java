package io.github.mbedtls4j.jsse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mbedtls4j.jsse.TestPki.Kind;
import io.github.mbedtls4j.testing.ChildJvm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

/** The system properties of JSSE, and the parameters that newer JDKs have instead. */
class SystemPropertiesTest {
  private static final String DHE = "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256";

  /** Prints what the properties of this JVM make of engines. */
  public static void main(String[] arguments) throws Exception {
    for (String name : List.of("TLS", "TLSv1.2", "Default")) {
      System.out.println(name + " client " + defaults(name, true));
      System.out.println(name + " server " + defaults(name, false));
    }
    for (Provider peer : List.of(Contexts.SUN, Contexts.OURS)) {
      String with = " with " + peer.getName() + ": ";
      System.out.println("client" + with + handshake(Contexts.OURS, peer));
      System.out.println("server" + with + handshake(peer, Contexts.OURS));
    }
    System.out.println("hello " + hello());
    System.out.println("dh " + dhBits());
  }

  private static String defaults(String name, boolean client) {
    try {
      SSLContext context = SSLContext.getInstance(name, Contexts.OURS);
      if (!name.equals("Default")) {
        context.init(null, null, null);
      }
      SSLEngine engine = context.createSSLEngine();
      engine.setUseClientMode(client);
      String[] suites = engine.getEnabledCipherSuites();
      return List.of(engine.getEnabledProtocols()) + " " + suites.length + " " + suites[0];
    } catch (NoSuchAlgorithmException e) {
      return e.getCause().getMessage();
    } catch (Exception e) {
      return e.toString();
    }
  }

  private static String handshake(Provider client, Provider server) {
    try {
      EnginePair pair = Peers.pair(client, server, Kind.RSA);
      pair.handshake();
      return pair.client.getSession().getCipherSuite();
    } catch (Exception e) {
      return Peers.message(e);
    }
  }

  /** The groups and signature schemes of our ClientHello. */
  private static String hello() throws Exception {
    SSLEngine engine = Contexts.client(Contexts.OURS).createSSLEngine();
    engine.setUseClientMode(true);
    try {
      engine.beginHandshake();
    } catch (SSLException e) {
      return e.getMessage();
    }
    ByteBuffer out = ByteBuffer.allocate(20_000);
    engine.wrap(ByteBuffer.allocate(0), out);
    return "groups " + extension(out.flip(), 10) + " schemes " + extension(out, 13);
  }

  /** The numbers in a list of numbers that is an extension of a ClientHello. */
  private static List<String> extension(ByteBuffer record, int wanted) {
    ByteBuffer in = record.duplicate().position(5 + 4 + 2 + 32);
    in.position(in.position() + 1 + in.get(in.position()));
    in.position(in.position() + 2 + in.getShort(in.position()));
    in.position(in.position() + 1 + in.get(in.position()) + 2);
    while (in.hasRemaining()) {
      int type = in.getShort();
      int end = in.getShort() + in.position();
      if (type == wanted) {
        List<String> numbers = new ArrayList<>();
        for (in.getShort(); in.position() < end; ) {
          numbers.add(Integer.toHexString(in.getShort()));
        }
        return numbers;
      }
      in.position(end);
    }
    return List.of();
  }

  /** The size of the group that our server uses for a client that names none. */
  private static String dhBits() {
    try {
      EnginePair pair = Peers.pair(Contexts.OURS, Contexts.OURS, Kind.RSA);
      pair.client.setEnabledCipherSuites(new String[] {DHE});
      pair.client.beginHandshake();
      pair.server.beginHandshake();
      while (pair.toClient.position() == 0 || !hasKeyExchange(pair.toClient)) {
        EnginePair.step(pair.client, ByteBuffer.allocate(0).compact(), pair.toServer);
        EnginePair.step(pair.server, pair.toServer, pair.toClient);
      }
      byte[] message = keyExchange(pair.toClient);
      return String.valueOf((((message[9] & 0xFF) << 8) | (message[10] & 0xFF)) * 8);
    } catch (SSLException e) {
      return e.getMessage();
    } catch (Exception e) {
      return e.toString();
    }
  }

  private static boolean hasKeyExchange(ByteBuffer wire) {
    return keyExchange(wire) != null;
  }

  private static byte[] keyExchange(ByteBuffer wire) {
    return RecordCutter.records(wire).stream()
        .filter(record -> record[0] == 22 && record[5] == 12)
        .findFirst()
        .orElse(null);
  }

  private static ChildJvm jvm(String... properties) {
    return ChildJvm.of(SystemPropertiesTest.class).with(properties);
  }

  @Test
  void none() throws Exception {
    String all = "[TLSv1.2] 15 TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
    jvm()
        .run()
        .expect(
            "TLS client " + all,
            "TLS server " + all,
            "Default client " + all,
            "client with SunJSSE: TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "server with SunJSSE: TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "[1d, 17, 18, 19,",
            "schemes [403, 401, 503, 501, 603, 601]",
            "dh 2048");
  }

  @Test
  void protocolsAndSuites() throws Exception {
    jvm(
            "-Djdk.tls.client.protocols=\"TLSv1.3, TLSv1.2,TLSv1.1\"",
            "-Djdk.tls.client.cipherSuites=TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,x",
            "-Djdk.tls.server.protocols=TLSv1.3",
            "-Djdk.tls.server.cipherSuites=x",
            "-Djdk.tls.ephemeralDHKeySize=3000")
        .run()
        .expect(
            // As SunJSSE: neither what is disabled nor what is not there.
            "TLS client [TLSv1.2] 1 TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "Default client [TLSv1.2] 1 TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS server [] 15",
            "TLSv1.2 server [TLSv1.2] 15",
            "server with SunJSSE: no cipher suites in common",
            "dh 3072");
    jvm("-Djdk.tls.server.protocols=TLSv1.2,foo", "-Djdk.tls.ephemeralDHKeySize=foo")
        .run()
        .expect(
            "TLS client jdk.tls.server.protocols: foo is not a supported SSL protocol name",
            "TLSv1.2 server [TLSv1.2] 15");
  }

  @Test
  void groupsAndSchemes() throws Exception {
    jvm(
            "-Djdk.tls.namedGroups=secp521r1, x, secp256r1",
            "-Djdk.tls.client.SignatureSchemes=rsa_pkcs1_sha512,ecdsa_secp256r1_sha256,"
                + "rsa_pkcs1_sha256,x",
            "-Djdk.tls.server.SignatureSchemes=rsa_pkcs1_sha384,rsa_pkcs1_sha512",
            "-Djdk.tls.ephemeralDHKeySize=1024")
        .run()
        .expect(
            "client with MbedJSSE: TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "client with SunJSSE: TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "server with SunJSSE: TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            // The hash that goes with both kinds of key comes first.
            "hello groups [19, 17] schemes [403, 401, 603, 601]",
            "dh 2048");
    jvm(
            "-Djdk.tls.namedGroups=ffdhe4096",
            "-Djdk.tls.client.SignatureSchemes=x",
            "-Djdk.tls.server.SignatureSchemes=rsa_pss_rsae_sha256")
        .run()
        .expect(
            "client with SunJSSE: No supported signature algorithm",
            "server with SunJSSE: No",
            "hello groups [] schemes [403, 401, 503, 501, 603, 601]",
            "dh No");
  }

  @Test
  void disabledAlgorithms() throws Exception {
    jvm("-Djava.security.properties=" + properties())
        .run()
        .expect(
            "TLS client [TLSv1.2] 3 TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "hello groups [17, 18, 19,",
            "schemes [403, 401, 503, 501]",
            "dh 3072");
  }

  private static String properties() throws Exception {
    Path file = Files.createTempFile("mbedtls4j", ".security");
    file.toFile().deleteOnExit();
    Files.writeString(
        file,
        "jdk.tls.disabledAlgorithms=SSLv3, TLSv1, TLSv1.1, AES_256_GCM, CBC, ChaCha20-Poly1305,"
            + " DH keySize < 3072, x25519, SHA512withRSA, SHA512withECDSA, ECDH, TLS_RSA_*\n",
        StandardCharsets.US_ASCII);
    return file.toString();
  }

  @Test
  void parametersOfNewerJdks() throws Exception {
    assumeTrue(Runtime.version().feature() >= 20, "JDK 20 brought setNamedGroups");
    EnginePair pair = Peers.pair(Contexts.OURS, Contexts.SUN, Kind.EC);
    SSLParameters parameters = pair.client.getSSLParameters();
    assertNull(call(parameters, "getNamedGroups"));
    assertNull(call(parameters, "getSignatureSchemes"));
    set(parameters, "setNamedGroups", "secp384r1", "unknown");
    set(parameters, "setSignatureSchemes", "ecdsa_secp256r1_sha256", "unknown");
    pair.client.setSSLParameters(parameters);
    SSLParameters back = pair.client.getSSLParameters();
    assertArrayEquals(new String[] {"secp384r1", "unknown"}, call(back, "getNamedGroups"));
    assertArrayEquals(
        new String[] {"ecdsa_secp256r1_sha256", "unknown"}, call(back, "getSignatureSchemes"));
    pair.handshake();
    ExtendedSSLSession session = (ExtendedSSLSession) pair.client.getSession();
    assertArrayEquals(
        new String[] {"SHA256withECDSA"}, session.getLocalSupportedSignatureAlgorithms());
    // No group that is known: no suite with a curve.
    EnginePair none = Peers.pair(Contexts.OURS, Contexts.SUN, Kind.EC);
    set(parameters, "setNamedGroups", "unknown");
    none.client.setSSLParameters(parameters);
    assertNotNull(Peers.run(none).client());
    assertTrue(none.client.getSession().getCipherSuite().contains("NULL"));
  }

  private static String[] call(SSLParameters parameters, String getter) throws Exception {
    return (String[]) SSLParameters.class.getMethod(getter).invoke(parameters);
  }

  private static void set(SSLParameters parameters, String setter, String... names)
      throws Exception {
    SSLParameters.class.getMethod(setter, String[].class).invoke(parameters, (Object) names);
  }

  @Test
  void serversFollowTheClientsFiniteField() throws Exception {
    // SunJSSE's client names ffdhe2048 first, and minds if it gets another group than it named.
    EnginePair pair = Peers.pair(Contexts.SUN, Contexts.OURS, Kind.RSA);
    pair.client.setEnabledCipherSuites(new String[] {DHE});
    pair.handshake();
    assertEquals(DHE, pair.server.getSession().getCipherSuite());
  }
}
