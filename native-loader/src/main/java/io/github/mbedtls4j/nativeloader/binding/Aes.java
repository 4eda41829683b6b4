package io.github.mbedtls4j.nativeloader.binding;

/** {@code mbedtls/aes.h}. */
public final class Aes {
  static {
    LoadedLibrary.register(Aes.class);
  }

  private Aes() {}

  private static final int AES_BLOCK = 16;

  public static native void mbedtls_aes_init(long ctx);

  public static native void mbedtls_aes_free(long ctx);

  public static native int mbedtls_aes_setkey_enc(long ctx, long key, int keybits);

  public static native int mbedtls_aes_crypt_ecb(long ctx, int mode, long input, long output);

  /** Runs one AES operation, which makes the library look at the CPU once. */
  public static void detectCpu() {
    long size = 1024;
    long memory = Memory.allocate(size);
    mbedtls_aes_init(memory);
    mbedtls_aes_setkey_enc(memory, memory + size - AES_BLOCK, 128);
    mbedtls_aes_crypt_ecb(memory, 1, memory + size - AES_BLOCK, memory + size - AES_BLOCK);
    mbedtls_aes_free(memory);
    Memory.wipeAndFree(memory, size);
  }
}
