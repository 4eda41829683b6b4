package io.github.mbedtls4j.jsse;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLEngine;

/**
 * Connections of two engines of ours whose secrets the test knows, from the key log and the wire,
 * and the PRF of TLS by the JDK's own HMAC.
 */
final class Secrets {
  static final String KEY_LOG = "mbedtls4j.jsse.keylog";

  private static final int MAX_STEPS = 10;

  final EnginePair pair;
  final byte[] clientRandom;
  final byte[] serverRandom;
  final byte[] masterSecret;

  /** Connects the engines. */
  Secrets(EnginePair pair, Path keyLog) throws Exception {
    this(pair, keyLog, () -> {});
  }

  /** Connects the engines after something else, which follows the beginning of the handshake. */
  Secrets(EnginePair pair, Path keyLog, Runnable begun) throws Exception {
    this.pair = pair;
    System.setProperty(KEY_LOG, keyLog.toString());
    try {
      pair.client.beginHandshake();
      pair.server.beginHandshake();
      begun.run();
      clientRandom = randomOfHello(pair.client, pair);
      serverRandom = randomOfHello(pair.server, pair);
      pair.handshake();
    } finally {
      System.clearProperty(KEY_LOG);
    }
    masterSecret = masterSecret(keyLog, clientRandom);
  }

  private static byte[] randomOfHello(SSLEngine engine, EnginePair pair) throws Exception {
    boolean client = engine == pair.client;
    ByteBuffer out = client ? pair.toServer : pair.toClient;
    for (int step = 0; step < MAX_STEPS && out.position() == 0; step++) {
      EnginePair.step(engine, client ? pair.toClient : pair.toServer, out);
    }
    // Behind the headers of record and message, and the version.
    byte[] random = new byte[32];
    out.get(5 + 4 + 2, random);
    return random;
  }

  /** The master secret that a key log has for a connection. */
  static byte[] masterSecret(Path keyLog, byte[] clientRandom) throws Exception {
    String start = "CLIENT_RANDOM " + HexFormat.of().formatHex(clientRandom) + " ";
    List<String> secrets =
        Files.readAllLines(keyLog).stream()
            .filter(line -> line.startsWith(start))
            .map(line -> line.substring(start.length()))
            .distinct()
            .toList();
    if (secrets.size() != 1) {
      throw new AssertionError(secrets.size() + " master secrets of one connection");
    }
    return HexFormat.of().parseHex(secrets.get(0));
  }

  /** The exporter of RFC 5705 section 4. */
  byte[] exported(String label, byte[] context, int length) throws Exception {
    ByteArrayOutputStream seed = new ByteArrayOutputStream();
    seed.writeBytes(clientRandom);
    seed.writeBytes(serverRandom);
    if (context != null) {
      seed.write(context.length / 256);
      seed.write(context.length % 256);
      seed.writeBytes(context);
    }
    return prf(label, seed.toByteArray(), length);
  }

  /** The keys of the connection (RFC 5246 section 6.3). */
  byte[] keyBlock(int length) throws Exception {
    ByteArrayOutputStream seed = new ByteArrayOutputStream();
    seed.writeBytes(serverRandom);
    seed.writeBytes(clientRandom);
    return prf("key expansion", seed.toByteArray(), length);
  }

  private byte[] prf(String label, byte[] seed, int length) throws Exception {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(label.getBytes(StandardCharsets.UTF_8));
    joined.writeBytes(seed);
    String suite = pair.client.getSession().getCipherSuite();
    if (pair.client.getSession().getProtocol().equals("TLSv1.2")) {
      String hash = suite.endsWith("SHA384") ? "HmacSHA384" : "HmacSHA256";
      return expand(hash, masterSecret, joined.toByteArray(), length);
    }
    // RFC 4346 section 5: MD5 with one half of the secret, SHA-1 with the other.
    byte[] left = Arrays.copyOf(masterSecret, 24);
    byte[] right = Arrays.copyOfRange(masterSecret, 24, 48);
    byte[] result = expand("HmacMD5", left, joined.toByteArray(), length);
    byte[] other = expand("HmacSHA1", right, joined.toByteArray(), length);
    for (int i = 0; i < length; i++) {
      result[i] ^= other[i];
    }
    return result;
  }

  private static byte[] expand(String hash, byte[] secret, byte[] seed, int length)
      throws Exception {
    Mac mac = Mac.getInstance(hash, "SunJCE");
    mac.init(new SecretKeySpec(secret, hash));
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    byte[] a = seed;
    while (output.size() < length) {
      a = mac.doFinal(a);
      mac.update(a);
      output.writeBytes(mac.doFinal(seed));
    }
    return Arrays.copyOf(output.toByteArray(), length);
  }
}
