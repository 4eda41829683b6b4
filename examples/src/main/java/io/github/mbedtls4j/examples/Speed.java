package io.github.mbedtls4j.examples;

import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Signature;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** A glimpse of the throughput, ours beside the JDK's. The benchmarks module measures properly. */
final class Speed {
  private static final long WARM_UP = TimeUnit.MILLISECONDS.toNanos(400);
  private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int SLICES = 3;
  private static final int BLOCK = 1 << 14;
  private static final double MEGA = 1e6;

  private Speed() {}

  /** Something to repeat. */
  private interface Task {
    void run() throws Exception;
  }

  /** Makes the same task for a provider. */
  private interface TaskOf {
    Task of(Provider provider) throws Exception;
  }

  static void run(Report report, Demo.Peers peers) throws Exception {
    report.section("Speed: one thread, 0.3 seconds each, in turns: a glimpse, not a benchmark");
    report.note(row("", "Mbed TLS", "JDK", "ratio"));
    Provider ours = peers.crypto();
    Provider sunJce = peers.jdk("SunJCE");
    KeyPair rsa = CryptoChecks.keys("RSA", peers.jdk("SunRsaSign"));
    KeyPair ec = CryptoChecks.keys("EC", peers.jdk("SunEC"));
    bytes(report, "SHA-256, 16 KiB", ours, peers.jdk("SUN"), Speed::sha256);
    bytes(report, "AES-128-GCM, 16 KiB", ours, sunJce, Speed::aesGcm);
    compare(
        report,
        "RSA 2048 sign",
        ours,
        peers.jdk("SunRsaSign"),
        provider -> sign("SHA256withRSA", provider, rsa));
    compare(
        report,
        "P-256 sign",
        ours,
        peers.jdk("SunEC"),
        provider -> sign("SHA256withECDSA", provider, ec));
    compare(
        report,
        "P-256 verify",
        ours,
        peers.jdk("SunEC"),
        provider -> verify("SHA256withECDSA", provider, ec));
    Identity identity = Identity.create("EC");
    compare(
        report,
        "TLS 1.2 full handshake",
        peers.tls(),
        peers.jdk("SunJSSE"),
        provider -> handshake(identity, provider));
    report.note("A ratio above 1 means that Mbed TLS is faster. The JDK compiles AES and SHA-2 to");
    report.note("this processor's own instructions; Mbed TLS 2.28 has such for AES alone.");
  }

  private static String row(String name, String ours, String jdk, String ratio) {
    return String.format(Locale.ROOT, "%-24s %16s %16s %8s", name, ours, jdk, ratio);
  }

  private static void bytes(Report report, String name, Provider ours, Provider jdk, TaskOf tasks)
      throws Exception {
    double[] perSecond = measure(tasks.of(ours), tasks.of(jdk));
    print(report, name, perSecond, BLOCK / MEGA, "MB/s");
  }

  private static void compare(Report report, String name, Provider ours, Provider jdk, TaskOf tasks)
      throws Exception {
    print(report, name, measure(tasks.of(ours), tasks.of(jdk)), 1, "/s");
  }

  private static void print(
      Report report, String name, double[] perSecond, double scale, String unit) {
    report.note(
        row(
            name,
            String.format(Locale.ROOT, "%.0f %s", perSecond[0] * scale, unit),
            String.format(Locale.ROOT, "%.0f %s", perSecond[1] * scale, unit),
            String.format(Locale.ROOT, "%.2f", perSecond[0] / perSecond[1])));
  }

  /** Operations a second of each; in turns, so that a busy moment hits both. */
  private static double[] measure(Task... tasks) throws Exception {
    long[] operations = new long[tasks.length];
    long[] nanos = new long[tasks.length];
    for (Task task : tasks) {
      repeat(task, WARM_UP, new long[1], new long[1], 0);
    }
    for (int slice = 0; slice < SLICES; slice++) {
      for (int i = 0; i < tasks.length; i++) {
        repeat(tasks[i], SLICE, operations, nanos, i);
      }
    }
    double[] perSecond = new double[tasks.length];
    for (int i = 0; i < tasks.length; i++) {
      perSecond[i] = operations[i] * 1e9 / nanos[i];
    }
    return perSecond;
  }

  private static void repeat(Task task, long duration, long[] operations, long[] nanos, int i)
      throws Exception {
    long start = System.nanoTime();
    long now;
    do {
      task.run();
      operations[i]++;
      now = System.nanoTime();
    } while (now - start < duration);
    nanos[i] += now - start;
  }

  private static Task sha256(Provider provider) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256", provider);
    byte[] data = new byte[BLOCK];
    return () -> digest.digest(data);
  }

  private static Task aesGcm(Provider provider) throws Exception {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
    SecretKeySpec key = new SecretKeySpec(new byte[16], "AES");
    byte[] data = new byte[BLOCK];
    byte[] out = new byte[BLOCK + 16];
    long[] counter = new long[1];
    return () -> {
      byte[] iv = ByteBuffer.allocate(12).putLong(counter[0]++).array();
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, iv));
      cipher.doFinal(data, 0, data.length, out, 0);
    };
  }

  private static Task sign(String algorithm, Provider provider, KeyPair keys) throws Exception {
    Signature signature = Signature.getInstance(algorithm, provider);
    signature.initSign(keys.getPrivate());
    byte[] data = new byte[32];
    return () -> {
      signature.update(data);
      signature.sign();
    };
  }

  private static Task verify(String algorithm, Provider provider, KeyPair keys) throws Exception {
    byte[] data = new byte[32];
    Signature signing = Signature.getInstance(algorithm, provider);
    signing.initSign(keys.getPrivate());
    signing.update(data);
    byte[] value = signing.sign();
    Signature signature = Signature.getInstance(algorithm, provider);
    signature.initVerify(keys.getPublic());
    return () -> {
      signature.update(data);
      if (!signature.verify(value)) {
        throw new IllegalStateException("a good signature was refused");
      }
    };
  }

  /** Both ends of a handshake in memory, one suite for both providers. */
  private static Task handshake(Identity identity, Provider provider) throws Exception {
    SSLContext context = identity.context(provider);
    return () -> {
      // Without a peer's name no session is resumed: every handshake is a full one.
      SSLEngine client = engine(context.createSSLEngine(), true);
      SSLEngine server = engine(context.createSSLEngine(), false);
      ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
      ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
      client.beginHandshake();
      server.beginHandshake();
      while (isHandshaking(client) || isHandshaking(server)) {
        step(client, toClient, toServer);
        step(server, toServer, toClient);
      }
    };
  }

  private static SSLEngine engine(SSLEngine engine, boolean client) {
    engine.setUseClientMode(client);
    engine.setEnabledProtocols(new String[] {"TLSv1.2"});
    engine.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"});
    return engine;
  }

  private static boolean isHandshaking(SSLEngine engine) {
    return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
  }

  private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws Exception {
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> {
        for (Runnable task; (task = engine.getDelegatedTask()) != null; ) {
          task.run();
        }
      }
      case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
      case NEED_UNWRAP -> {
        in.flip();
        engine.unwrap(in, ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()));
        in.compact();
      }
      default -> {
        // The other end has something to do.
      }
    }
  }
}
