package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.LoadedLibrary;
import io.github.mbedtls4j.nativeloader.binding.Xtea;
import java.util.function.LongToIntFunction;

/**
 * A keyed XTEA in one direction, with numbers in big-endian order: {@code mbedtls_xtea_context},
 * which the library's cipher layer does not know.
 */
public final class XteaContext extends NativeHandle implements BlockTransform {
  private static final int BLOCK = 8;
  private static final boolean SUPPORTED =
      ContextType.XTEA.size() > 0 && LoadedLibrary.exports("mbedtls_xtea_crypt_cbc");

  /** {@code MBEDTLS_XTEA_ENCRYPT} or {@code MBEDTLS_XTEA_DECRYPT}. */
  private final int mode;

  /** Sets up with a key of 16 bytes. */
  public XteaContext(byte[] key, boolean encrypt) {
    super(ContextType.XTEA, Xtea::mbedtls_xtea_init, Xtea::mbedtls_xtea_free);
    mode = encrypt ? 1 : 0;
    try (NativeBuffer k = NativeBuffer.of(key)) {
      status(
          ctx -> {
            Xtea.mbedtls_xtea_setup(ctx, k.address());
            return 0;
          });
    }
  }

  /** Whether the loaded library has the cipher. */
  static boolean supported() {
    return SUPPORTED;
  }

  /** What C does with {@code size} bytes of scratch memory, in place. */
  private interface Step {
    LongToIntFunction of(long data, int size);
  }

  private void transform(
      Step step, byte[] source, int offset, int length, byte[] target, int targetOffset) {
    int at = 0;
    while (at < length) {
      int size = Math.min(NativeBuffer.CHUNK, length - at);
      try (NativeBuffer data = NativeBuffer.of(source, offset + at, size)) {
        call("mbedtls_xtea_crypt", step.of(data.address(), size));
        data.get(0, target, targetOffset + at, size);
      }
      at += size;
    }
  }

  @Override
  public void update(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    transform(this::blocks, source, offset, length, target, targetOffset);
  }

  private LongToIntFunction blocks(long data, int size) {
    return ctx -> {
      int result = 0;
      for (int done = 0; done + BLOCK <= size && result == 0; done += BLOCK) {
        result = Xtea.mbedtls_xtea_crypt_ecb(ctx, mode, data + done, data + done);
      }
      return result;
    };
  }

  /**
   * Transforms whole blocks in CBC mode, otherwise as {@link #update}.
   *
   * @param chain the 8 bytes of the ciphertext block before, which goes on with the message
   */
  public void chained(
      byte[] chain, byte[] source, int offset, int length, byte[] target, int targetOffset) {
    try (NativeBuffer iv = NativeBuffer.of(chain)) {
      transform(
          (data, size) ->
              ctx -> Xtea.mbedtls_xtea_crypt_cbc(ctx, mode, size, iv.address(), data, data),
          source,
          offset,
          length,
          target,
          targetOffset);
      iv.get(0, chain, 0, BLOCK);
    }
  }
}
