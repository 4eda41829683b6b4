package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
  private static final MbedTlsProvider PROVIDER = new MbedTlsProvider();

  private static MessageDigest digest(String algorithm) throws Exception {
    assumeTrue(PROVIDER.getService("MessageDigest", algorithm) != null);
    return MessageDigest.getInstance(algorithm, PROVIDER);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "MD2, 8350e5a3e24c153df2275c9f80692773, da853b0d3f88d99b30283a69e6ded6bb, 8c0a09ff1216ecaf95c8130953c62efd",
    "MD4, 31d6cfe0d16ae931b73c59d7e0c089c0, a448017aaf21d8525fc10ae87aa6729d, bbce80cc6bb65e5c6745e30d4eeca9a4",
    "MD5, d41d8cd98f00b204e9800998ecf8427e, 900150983cd24fb0d6963f7d28e17f72, 7707d6ae4e027c70eea2a935c2296f21",
    "SHA-1, da39a3ee5e6b4b0d3255bfef95601890afd80709, a9993e364706816aba3e25717850c26c9cd0d89d, 34aa973cd4c4daa4f61eeb2bdbad27316534016f",
    "SHA-224, d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f, 23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7, 20794655980c91d8bbb4c1ea97618a4bf03f42581948b2ee4ee7ad67",
    "SHA-256, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad, cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
    "SHA-384, 38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b, cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7, 9d0e1809716474cb086e834e310a4a1ced149e9c00f248527972cec5704c2a5b07b8b3dc38ecc4ebae97ddd87f3d8985",
    "SHA-512, cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e, ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f, e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973ebde0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4eadb217ad8cc09b",
    "RIPEMD160, 9c1185a5c5e9fc54612808977ee8f548b2258d31, 8eb208f7e05d987a9b044a8e98c6b087f15a0bfc, 52783243c1697bdbe16d37f97f68f08325dc1528",
  })
  void knownAnswers(String algorithm, String empty, String abc, String millionAs) throws Exception {
    MessageDigest digest = digest(algorithm);
    assertEquals(empty.length() / 2, digest.getDigestLength());
    assertEquals(empty, hex(digest.digest()));
    assertEquals(abc, hex(digest.digest("abc".getBytes(StandardCharsets.US_ASCII))));
    // Digesting resets.
    assertEquals(empty, hex(digest.digest()));
    byte[] thousand = new byte[1000];
    Arrays.fill(thousand, (byte) 'a');
    for (int i = 0; i < 1000; i++) {
      digest.update(thousand);
    }
    assertEquals(millionAs, hex(digest.digest()));
  }

  @ParameterizedTest
  @CsvSource({
    "MD5, bb649c83dd1ea5c9d9dec9a18df0ffe9",
    "SHA-224, a4337bc45a8fc544c03f52dc550cd6e1e87021bc896588bd79e901e2",
    "RIPEMD-160, cc4a5ce1b3df48aec5d22d1f16b894a0b894eccc",
  })
  void readmeVectors(String algorithm, String expected) throws Exception {
    MessageDigest digest = digest(algorithm);
    digest.update("Nobody inspects".getBytes(StandardCharsets.US_ASCII));
    digest.update(" the spammish repetition".getBytes(StandardCharsets.US_ASCII));
    assertEquals(expected, hex(digest.digest()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA", "SHA1", "SHA256", "OID.1.3.14.3.2.26", "2.16.840.1.101.3.4.2.3"})
  void answersToOtherNames(String name) throws Exception {
    assertArrayEquals(MessageDigest.getInstance(name, "SUN").digest(), digest(name).digest());
  }

  @Test
  void shortBuffers() throws Exception {
    MessageDigest digest = digest("SHA-256");
    digest.update(new byte[5]);
    assertThrows(DigestException.class, () -> digest.digest(new byte[40], 0, 31));
    assertThrows(IllegalArgumentException.class, () -> digest.digest(new byte[40], 10, 32));
    assertThrows(DigestException.class, () -> digest.digest(new byte[40], -1, 32));
    byte[] out = new byte[40];
    assertEquals(32, digest.digest(out, 8, 32));
    assertArrayEquals(
        MessageDigest.getInstance("SHA-256", "SUN").digest(new byte[5]),
        Arrays.copyOfRange(out, 8, 40));
  }

  /** RFC 2104 with each digest by hand: block sizes are those of the Mac. */
  @ParameterizedTest
  @CsvSource({
    "MD2, 16",
    "MD4, 64",
    "MD5, 64",
    "SHA-1, 64",
    "SHA-224, 64",
    "SHA-256, 64",
    "SHA-384, 128",
    "SHA-512, 128",
    "RIPEMD160, 64"
  })
  void hmacByHand(String algorithm, int block) throws Exception {
    MessageDigest digest = digest(algorithm);
    byte[] key = RandomRun.bytes(new Random(1), block);
    byte[] inner = new byte[block];
    byte[] outer = new byte[block];
    for (int i = 0; i < block; i++) {
      inner[i] = (byte) (key[i] ^ 0x36);
      outer[i] = (byte) (key[i] ^ 0x5C);
    }
    digest.update(inner);
    byte[] innerDigest = digest.digest(new byte[] {1, 2, 3});
    digest.update(outer);
    Mac mac = Mac.getInstance("Hmac" + algorithm.replace("-", ""), PROVIDER);
    mac.init(new SecretKeySpec(key, "HMAC"));
    assertArrayEquals(mac.doFinal(new byte[] {1, 2, 3}), digest.digest(innerDigest));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MD2", "MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512"})
  void behavesAsSun(String algorithm) {
    RandomRun.repeat(
        100,
        random -> {
          List<MessageDigest> ours = new ArrayList<>(List.of(digest(algorithm)));
          List<MessageDigest> theirs =
              new ArrayList<>(List.of(MessageDigest.getInstance(algorithm, "SUN")));
          for (int i = 0; i < 60; i++) {
            int index = random.nextInt(ours.size());
            MessageDigest mine = ours.get(index);
            MessageDigest reference = theirs.get(index);
            byte[] data = RandomRun.bytes(random, RandomRun.length(random));
            int from = random.nextInt(data.length + 1);
            int kind = random.nextInt(12);
            Outcome expected = Outcome.of(() -> act(reference, kind, data, from));
            Outcome actual = Outcome.of(() -> act(mine, kind, data, from));
            assertEquals(expected.text(), actual.text());
            if (random.nextInt(8) == 0 && ours.size() < 5) {
              ours.add((MessageDigest) mine.clone());
              theirs.add((MessageDigest) reference.clone());
            }
          }
        });
  }

  private static Object act(MessageDigest digest, int kind, byte[] data, int from)
      throws Exception {
    switch (kind) {
      case 0 -> digest.reset();
      case 1, 2 -> {
        return digest.digest();
      }
      case 3 -> {
        return digest.digest(data);
      }
      case 4 -> {
        byte[] out = new byte[80];
        digest.digest(out, from % 40, from % 100);
        return out;
      }
      case 5, 6 -> digest.update(data.length == 0 ? 3 : data[0]);
      case 7 -> digest.update(ByteBuffer.wrap(data, from, data.length - from).slice());
      case 8 -> {
        ByteBuffer direct = ByteBuffer.allocateDirect(data.length).put(data).position(from);
        digest.update(direct);
        return direct.position();
      }
      case 9 -> digest.update(ByteBuffer.wrap(data).asReadOnlyBuffer().position(from));
      default -> digest.update(data, from, data.length - from);
    }
    return null;
  }
}
