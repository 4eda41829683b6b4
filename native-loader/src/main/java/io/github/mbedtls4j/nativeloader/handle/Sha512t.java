package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/**
 * SHA-512/t (FIPS 180-4 section 5.3.6): Mbed TLS has no function for it, so the initial value is
 * written into the state of a fresh SHA-512.
 */
final class Sha512t {
  /** {@code md_ctx} of {@code mbedtls_md_context_t}: its second pointer. */
  private static final int MD_CTX_AT = 8;

  /** {@code state} of {@code mbedtls_sha512_context}: behind two 64-bit counters. */
  private static final int STATE_AT = 16;

  private static final int WORDS = 8;
  private static final long FIRST_WORD = 0x6A09E667F3BCC908L;
  private static final long LAST_WORD = 0x5BE0CD19137E2179L;
  private static final long GENERATOR_MASK = 0xA5A5A5A5A5A5A5A5L;

  private static final boolean SUPPORTED = checkLayout();
  private static final Map<Hash, byte[]> INITIAL_VALUES = new EnumMap<>(Hash.class);

  static {
    if (SUPPORTED) {
      for (Hash hash : Hash.values()) {
        if (hash.isSha512t()) {
          INITIAL_VALUES.put(hash, generate(hash.standardName()));
        }
      }
    }
  }

  private Sha512t() {}

  /** Whether the structures lie in memory as the public headers say. */
  static boolean supported() {
    return SUPPORTED;
  }

  /** Gives a context that was just started with SHA-512 the initial value of SHA-512/t. */
  static void start(long mdContext, Hash hash) {
    ByteBuffer words = ByteBuffer.wrap(INITIAL_VALUES.get(hash)).order(ByteOrder.BIG_ENDIAN);
    state(mdContext).put(words.asLongBuffer());
  }

  private static LongBuffer state(long mdContext) {
    return Memory.view(Memory.getLong(mdContext + MD_CTX_AT) + STATE_AT, 8L * WORDS).asLongBuffer();
  }

  private static boolean checkLayout() {
    if (Hash.SHA512.info() == 0) {
      return false;
    }
    boolean[] asExpected = new boolean[1];
    try (MdContext context = new MdContext(Hash.SHA512)) {
      context.status(
          ctx -> {
            LongBuffer state = state(ctx);
            asExpected[0] = state.get(0) == FIRST_WORD && state.get(WORDS - 1) == LAST_WORD;
            return 0;
          });
    }
    return asExpected[0];
  }

  /** The generation function: SHA-512 of the name from a masked initial value. */
  private static byte[] generate(String name) {
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    try (MdContext context = new MdContext(Hash.SHA512)) {
      context.status(
          ctx -> {
            LongBuffer state = state(ctx);
            for (int i = 0; i < WORDS; i++) {
              state.put(i, state.get(i) ^ GENERATOR_MASK);
            }
            return 0;
          });
      context.update(text, 0, text.length);
      return context.finish();
    }
  }
}
