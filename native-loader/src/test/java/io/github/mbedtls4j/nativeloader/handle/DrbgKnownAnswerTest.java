package io.github.mbedtls4j.nativeloader.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.Pointer;
import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.nativeloader.binding.CtrDrbg;
import io.github.mbedtls4j.nativeloader.binding.HmacDrbg;
import io.github.mbedtls4j.nativeloader.binding.LoadedLibrary;
import io.github.mbedtls4j.nativeloader.binding.Memory;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * NIST's answers (CAVS 14.3 and the examples of SP 800-90A) for the two generators with the
 * parameters that we use: AES-256 with derivation function, and HMAC with SHA-256. The functions
 * are called through the bindings, with the entropy of the vectors in place of the system's.
 */
class DrbgKnownAnswerTest {
  private static final long SLACK = 64;

  /** {@code int (*f_entropy)(void *, unsigned char *, size_t)}. */
  interface EntropySource extends Callback {
    int invoke(long context, long output, long length);
  }

  /** Gives out the bytes of a vector, and fails when there are none left. */
  private record VectorEntropy(ByteBuffer bytes) implements EntropySource {
    @Override
    public int invoke(long context, long output, long length) {
      if (length > bytes.remaining()) {
        return -1;
      }
      byte[] part = new byte[(int) length];
      bytes.get(part);
      Memory.view(output, length).put(part);
      return 0;
    }
  }

  @BeforeAll
  static void load() {
    MbedTls.load();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/drbg-known-answers.csv", numLinesToSkip = 1)
  void nistVectors(
      String mechanism,
      String kind,
      String entropy,
      String personalization,
      String additional1,
      String reseeding,
      String additional2,
      String expected) {
    assumeTrue(Drbg.Mechanism.valueOf(mechanism).supported(), "not in this library");
    byte[] bytes = hex(entropy);
    VectorEntropy source = new VectorEntropy(ByteBuffer.wrap(bytes));
    boolean ctr = mechanism.equals("CTR");
    long size = (ctr ? ContextType.CTR_DRBG : ContextType.HMAC_DRBG).size() + SLACK;
    long ctx = Memory.allocate(size);
    long function = Pointer.nativeValue(CallbackReference.getFunctionPointer(source));
    int length = expected.length() / 2;
    try (NativeBuffer out = NativeBuffer.allocate(length)) {
      seed(ctr, ctx, function, hex(personalization), bytes.length / reads(kind));
      if (kind.equals("pr")) {
        String prefix = ctr ? "mbedtls_ctr_drbg" : "mbedtls_hmac_drbg";
        LoadedLibrary.invokeInt(prefix + "_set_prediction_resistance", ctx, 1);
      }
      if (kind.equals("reseed_first")) {
        reseed(ctr, ctx, hex(reseeding));
      }
      generate(ctr, ctx, out, hex(additional1));
      if (kind.equals("reseed_between")) {
        reseed(ctr, ctx, hex(reseeding));
      }
      generate(ctr, ctx, out, hex(additional2));
      assertEquals(expected, HexFormat.of().formatHex(out.bytes(0, length)));
      assertEquals(0, source.bytes().remaining(), "all of the entropy was asked for");
    } finally {
      Reference.reachabilityFence(source);
      if (ctr) {
        CtrDrbg.mbedtls_ctr_drbg_free(ctx);
      } else {
        HmacDrbg.mbedtls_hmac_drbg_free(ctx);
      }
      Memory.wipeAndFree(ctx, size);
    }
  }

  /** How often CTR_DRBG asks for entropy. */
  private static int reads(String kind) {
    return switch (kind) {
      case "no_reseed" -> 1;
      case "pr" -> 3;
      default -> 2;
    };
  }

  private static byte[] hex(String text) {
    return text == null ? new byte[0] : HexFormat.of().parseHex(text);
  }

  private static void seed(
      boolean ctr, long ctx, long function, byte[] personalization, int entropyLength) {
    try (NativeBuffer custom = NativeBuffer.of(personalization)) {
      int length = personalization.length;
      if (ctr) {
        CtrDrbg.mbedtls_ctr_drbg_init(ctx);
        // These vectors have their nonce in the personalization string.
        LoadedLibrary.invokeInt("mbedtls_ctr_drbg_set_entropy_len", ctx, (long) entropyLength);
        LoadedLibrary.invokeInt("mbedtls_ctr_drbg_set_nonce_len", ctx, 0L);
        check(CtrDrbg.mbedtls_ctr_drbg_seed(ctx, function, 0, custom.address(), length));
      } else {
        HmacDrbg.mbedtls_hmac_drbg_init(ctx);
        long sha256 = Hash.SHA256.info();
        check(HmacDrbg.mbedtls_hmac_drbg_seed(ctx, sha256, function, 0, custom.address(), length));
      }
    }
  }

  private static void reseed(boolean ctr, long ctx, byte[] additional) {
    try (NativeBuffer in = NativeBuffer.of(additional)) {
      check(
          ctr
              ? CtrDrbg.mbedtls_ctr_drbg_reseed(ctx, in.address(), additional.length)
              : HmacDrbg.mbedtls_hmac_drbg_reseed(ctx, in.address(), additional.length));
    }
  }

  private static void generate(boolean ctr, long ctx, NativeBuffer out, byte[] additional) {
    try (NativeBuffer in = NativeBuffer.of(additional)) {
      long to = out.address();
      int length = additional.length;
      check(
          ctr
              ? CtrDrbg.mbedtls_ctr_drbg_random_with_add(ctx, to, out.size(), in.address(), length)
              : HmacDrbg.mbedtls_hmac_drbg_random_with_add(
                  ctx, to, out.size(), in.address(), length));
    }
  }

  private static void check(int result) {
    assertEquals(0, result, () -> MbedTlsException.text(result));
  }
}
