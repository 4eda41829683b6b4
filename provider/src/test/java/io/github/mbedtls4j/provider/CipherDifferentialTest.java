package io.github.mbedtls4j.provider;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mbedtls4j.provider.Regions.Memory;
import io.github.mbedtls4j.provider.Regions.Shape;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.ProviderException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.GCMParameterSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random call sequences on our ciphers and SunJCE's: outputs and exceptions must be the same. */
class CipherDifferentialTest {
  private static final MbedTlsProvider PROVIDER = new MbedTlsProvider();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AES",
        "AES/ECB/NoPadding",
        "AES/ECB/PKCS5Padding",
        "AES/ECB/ISO10126Padding",
        "AES/CBC/NoPadding",
        "AES/CBC/PKCS5Padding",
        "AES/CBC/ISO10126Padding",
        "AES/CTR/NoPadding",
        "AES/GCM/NoPadding",
        "AES_128/ECB/NoPadding",
        "AES_192/CBC/NoPadding",
        "AES_256/CBC/NoPadding",
        "AES_128/GCM/NoPadding",
        "AES_256/GCM/NoPadding",
        "AES/CFB/NoPadding",
        "AES/CFB/PKCS5Padding",
        "AES/CFB8/NoPadding",
        "AES/CFB8/PKCS5Padding",
        "AES/CFB24/ISO10126Padding",
        "AES/CFB64/PKCS5Padding",
        "AES/CFB128/NoPadding",
        "AES/OFB/NoPadding",
        "AES/OFB/PKCS5Padding",
        "AES/OFB8/NoPadding",
        "AES/OFB40/PKCS5Padding",
        "AES/CTS/NoPadding",
        "AES/PCBC/NoPadding",
        "AES/PCBC/PKCS5Padding",
        "AES_128/CFB/NoPadding",
        "AES_192/OFB/NoPadding",
        "DES",
        "DES/CBC/PKCS5Padding",
        "DES/CTR/NoPadding",
        "DES/CFB8/NoPadding",
        "DES/OFB64/PKCS5Padding",
        "DES/CTS/NoPadding",
        "DESede",
        "DESede/ECB/NoPadding",
        "DESede/CBC/NoPadding",
        "DESede/CTR/NoPadding",
        "DESede/CFB/NoPadding",
        "DESede/OFB/ISO10126Padding",
        "Blowfish",
        "Blowfish/CBC/NoPadding",
        "Blowfish/CFB/PKCS5Padding",
        "Blowfish/CTR/NoPadding",
        "Blowfish/PCBC/PKCS5Padding",
        "Blowfish/CTS/NoPadding",
        "ChaCha20",
        "ChaCha20-Poly1305",
        "ARCFOUR"
      })
  void behavesAsSunJce(String transformation) {
    assumeTrue(
        Runtime.version().feature() == 17 || !transformation.startsWith("ChaCha20"),
        "newer ones than SunJCE 17 go on after doFinal without init");
    RandomRun.repeat(
        150,
        random -> {
          Session session = new Session(transformation, random);
          for (int i = 0; i < 8; i++) {
            session.message();
          }
        });
  }

  /** A call on one of the two ciphers. */
  private interface Call {
    Object on(Cipher cipher) throws Exception;
  }

  /** One object of ours and one of SunJCE's through several messages. */
  private static final class Session {
    private final Random random;
    private final String transformation;
    private final CipherInputs inputs;

    /** Encryptions with random padding cannot be compared. */
    private final boolean randomPadding;

    private final Cipher ours;
    private final Cipher theirs;
    private final StringBuilder log = new StringBuilder();
    private SecretKey key;
    private AlgorithmParameterSpec params;
    private boolean encrypting;

    /** Both can go on. */
    private boolean ready;

    Session(String transformation, Random random) throws Exception {
      this.random = random;
      this.transformation = transformation;
      inputs = new CipherInputs(transformation);
      randomPadding = transformation.contains("10126");
      ours = Cipher.getInstance(transformation, PROVIDER);
      theirs = Cipher.getInstance(transformation, "SunJCE");
    }

    void message() throws Exception {
      try {
        if (!ready || random.nextInt(4) != 0) {
          init();
        }
        if (ready) {
          process();
        }
      } catch (AssertionError e) {
        throw new AssertionError(transformation + log + "\n" + e.getMessage(), e);
      }
    }

    private Outcome compare(String what, Call call) {
      Outcome expected = Outcome.of(() -> call.on(theirs));
      Outcome actual = Outcome.of(() -> call.on(ours));
      log.append('\n').append(what).append(" -> ").append(expected);
      assertSame(expected, actual);
      return actual;
    }

    private static void assertSame(Outcome expected, Outcome actual) {
      if (!expected.sameAs(actual)) {
        throw new AssertionError("SunJCE: " + expected + "\nours: " + actual, actual.exception());
      }
    }

    private void init() throws Exception {
      encrypting = random.nextBoolean();
      if (key == null || random.nextInt(3) == 0) {
        key = inputs.key(random);
      }
      if (params == null || random.nextInt(4) != 0) {
        params = inputs.params(random);
      }
      int opmode = encrypting ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
      long seed = random.nextLong();
      boolean plain = params == null && random.nextBoolean();
      Outcome outcome =
          compare(
              "init " + opmode + " " + key + " " + params,
              cipher -> {
                if (plain) {
                  cipher.init(opmode, key, new FixedRandom(seed));
                } else {
                  cipher.init(opmode, key, params, new FixedRandom(seed));
                }
                return cipher.getIV();
              });
      ready = outcome.exception() == null;
      if (ready && !inputs.bare) {
        compare("parameters", cipher -> describe(cipher.getParameters()));
      }
    }

    /** By value: JDK 17 and 25 encode the default tag length differently. */
    private String describe(AlgorithmParameters parameters) throws Exception {
      if (!inputs.gcm) {
        return HexFormat.of().formatHex(parameters.getEncoded());
      }
      AlgorithmParameters decoded = AlgorithmParameters.getInstance("GCM", "SunJCE");
      decoded.init(parameters.getEncoded());
      GCMParameterSpec spec = decoded.getParameterSpec(GCMParameterSpec.class);
      return spec.getTLen() + " " + HexFormat.of().formatHex(spec.getIV());
    }

    private void process() throws Exception {
      byte[] aad = new byte[0];
      if (inputs.aead && random.nextBoolean()) {
        aad = RandomRun.bytes(random, RandomRun.length(random));
        additional(aad);
      }
      byte[] data = data(aad);
      int at = 0;
      boolean refused = false;
      while (at < data.length && random.nextInt(4) != 0) {
        int length = Math.min(RandomRun.length(random), data.length - at);
        if (step("update", data, at, length).exception() == null) {
          at += length;
        } else {
          // SunJCE's ChaCha20-Poly1305 takes no more additional data then.
          refused = inputs.chacha;
        }
        if (inputs.aead && random.nextInt(10) == 0 && !refused) {
          Outcome late = compare("late AAD", cipher -> update(cipher, new byte[3], 0, 3));
          if (late.exception() == null) {
            // Nothing but empty updates came before.
            aad = Arrays.copyOf(aad, aad.length + 3);
          }
        }
        int more = random.nextInt(40);
        compare("output size " + more, cipher -> cipher.getOutputSize(more));
      }
      Outcome end;
      do {
        end = step("doFinal", data, at, data.length - at);
        if (inputs.chacha && end.threw(ShortBufferException.class)) {
          // SunJCE cannot be asked again.
          ready = false;
          return;
        }
        if (inputs.gcm && !encrypting && end.threw(ShortBufferException.class)) {
          // SunJCE, asked again, takes the additional data for longer than it is.
          end = finishAgainstAnother(aad, data, at);
        }
      } while (end.threw(ShortBufferException.class));
      // What SunJCE's objects keep of a message that failed is not worth imitating.
      ready &= end.exception() == null;
    }

    private Outcome finishAgainstAnother(byte[] aad, byte[] data, int at) throws Exception {
      Cipher other = Cipher.getInstance(transformation, "SunJCE");
      other.init(Cipher.DECRYPT_MODE, key, ours.getParameters());
      other.updateAAD(aad);
      Outcome expected = Outcome.of(() -> other.doFinal(data));
      Outcome actual = Outcome.of(() -> ours.doFinal(data, at, data.length - at));
      assertSame(expected, actual);
      ready = false;
      return actual;
    }

    private static Object update(Cipher cipher, byte[] aad, int offset, int length) {
      cipher.updateAAD(aad, offset, length);
      return null;
    }

    private void additional(byte[] aad) {
      int at = 0;
      while (at < aad.length) {
        int from = at;
        int length = Math.min(1 + RandomRun.length(random), aad.length - at);
        at += length;
        // SunJCE takes additional data of 16 bytes and more for something else if it is a buffer.
        int kind = inputs.chacha ? 0 : random.nextInt(3);
        compare(
            "AAD " + length,
            cipher -> {
              if (kind == 0) {
                return update(cipher, aad, from, length);
              }
              ByteBuffer part = ByteBuffer.wrap(aad, from, length);
              if (kind == 2) {
                part = ByteBuffer.allocateDirect(length).put(part).flip();
              }
              cipher.updateAAD(part);
              return part.remaining();
            });
      }
    }

    private byte[] data(byte[] aad) throws Exception {
      int length = RandomRun.length(random);
      if (inputs.wholeBlocks && random.nextInt(4) != 0) {
        length -= length % inputs.block;
      }
      byte[] data = RandomRun.bytes(random, length);
      boolean stealsTooMuch = transformation.contains("CTS") && length < inputs.block;
      if (encrypting
          || stealsTooMuch
          || random.nextInt(5) == 0
          || (!inputs.bare && params == null)) {
        return data;
      }
      Cipher other = Cipher.getInstance(transformation, "SunJCE");
      other.init(Cipher.ENCRYPT_MODE, key, params);
      if (aad.length > 0) {
        other.updateAAD(aad);
      }
      return other.doFinal(
          Arrays.copyOf(data, inputs.wholeBlocks ? length - length % inputs.block : length));
    }

    /** One update or doFinal, wherever input and output may lie. */
    private Outcome step(String kind, byte[] data, int offset, int length) {
      boolean last = kind.equals("doFinal");
      Regions regions = Regions.random(random, length, theirs.getOutputSize(length));
      // SunJCE gets memory of its own for each: where input and output overlap it errs at times.
      Memory theirMemory = regions.apart().memory(data, offset, length);
      Memory ourMemory = regions.memory(data, offset, length);
      log.append('\n').append(kind).append(' ').append(length).append(' ').append(regions);
      byte[] before = ourMemory.outputContent();
      Outcome expected = Outcome.of(() -> call(theirs, last, regions, theirMemory, length));
      Outcome actual = Outcome.of(() -> call(ours, last, regions, ourMemory, length));
      log.append(" -> ").append(expected);
      if (inputs.aead
          && regions.shape().buffers()
          && actual.threw(ShortBufferException.class)
          && expected.threw(BadPaddingException.class)) {
        // Both apply. SunJCE looks at the tag first if the output is a buffer.
        return expected;
      }
      if (inputs.chacha
          && last
          && (actual.threw(ShortBufferException.class) || actual.threw(IllegalStateException.class))
          && (expected.threw(ShortBufferException.class)
              || expected.threw(IllegalStateException.class))) {
        // Both apply to a message too many. Which comes first differs with SunJCE's direction.
        return expected;
      }
      if (inputs.aead
          && !encrypting
          && actual.threw(BadPaddingException.class)
          && (expected.threw(ShortBufferException.class)
              || expected.threw(ProviderException.class))) {
        // SunJCE says so of ciphertext that is shorter than its tag, if it does not come in
        // buffers.
        assertEquals(0, ours.getOutputSize(length));
        return actual;
      }
      if (last && data.length == 0 && !encrypting && inputs.padded) {
        // SunJCE takes no ciphertext at all for no message, whatever the padding.
        if (actual.exception() != null && !actual.threw(ShortBufferException.class)) {
          assertTrue(actual.threw(BadPaddingException.class), actual.toString());
          return actual;
        }
      }
      boolean comparable = !(randomPadding && encrypting && last);
      if (comparable || actual.exception() != null || regions.shape() != Shape.RETURNED) {
        assertSame(expected, actual);
      } else {
        assertEquals(expected.text().length(), actual.text().length());
      }
      byte[] after = ourMemory.outputContent();
      if (actual.exception() == null && regions.shape() != Shape.RETURNED) {
        int from = regions.outputAt();
        int to = from + Integer.parseInt(actual.text());
        if (comparable) {
          assertArrayEquals(
              Arrays.copyOfRange(theirMemory.outputContent(), from, to),
              Arrays.copyOfRange(after, from, to),
              "output");
        }
        System.arraycopy(before, from, after, from, to - from);
      }
      assertArrayEquals(before, after, "memory outside of the output");
      if (actual.exception() == null || actual.threw(ShortBufferException.class)) {
        assertEquals(theirMemory.input.position(), ourMemory.input.position());
        assertEquals(theirMemory.output.position(), ourMemory.output.position());
      }
      return actual;
    }

    private static Object call(
        Cipher cipher, boolean last, Regions regions, Memory memory, int length) throws Exception {
      int from = regions.inputAt();
      if (regions.shape().buffers()) {
        return last
            ? cipher.doFinal(memory.input, memory.output)
            : cipher.update(memory.input, memory.output);
      }
      if (last && length == 0) {
        // The input is null then.
        return regions.shape() == Shape.RETURNED
            ? cipher.doFinal()
            : cipher.doFinal(memory.outputArray, regions.outputAt());
      }
      if (regions.shape() == Shape.RETURNED) {
        return last
            ? cipher.doFinal(memory.inputArray, from, length)
            : cipher.update(memory.inputArray, from, length);
      }
      return last
          ? cipher.doFinal(memory.inputArray, from, length, memory.outputArray, regions.outputAt())
          : cipher.update(memory.inputArray, from, length, memory.outputArray, regions.outputAt());
    }
  }
}
