package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Cipher;
import io.github.mbedtls4j.nativeloader.binding.Gcm;

/** A keyed cipher in GCM (NIST SP 800-38D): {@code mbedtls_gcm_context}. */
public final class GcmContext extends NativeHandle {
  private static final int BLOCK = 16;

  /** Sets up GCM with a key of a length that {@code kind} takes. */
  public GcmContext(CipherKind kind, byte[] key) {
    super(ContextType.GCM, Gcm::mbedtls_gcm_init, Gcm::mbedtls_gcm_free);
    try (NativeBuffer k = NativeBuffer.of(key)) {
      call(
          "mbedtls_gcm_setkey",
          ctx -> Gcm.mbedtls_gcm_setkey(ctx, kind.cipherId(), k.address(), key.length * 8));
    }
  }

  /** Starts a message with an IV of at least one byte and its additional data. */
  public void start(boolean encrypt, byte[] iv, byte[] aad, int aadLength) {
    int mode = encrypt ? Cipher.MBEDTLS_ENCRYPT : Cipher.MBEDTLS_DECRYPT;
    try (NativeBuffer i = NativeBuffer.of(iv);
        NativeBuffer a = NativeBuffer.of(aad, 0, aadLength)) {
      call(
          "mbedtls_gcm_starts",
          ctx -> Gcm.mbedtls_gcm_starts(ctx, mode, i.address(), iv.length, a.address(), aadLength));
    }
  }

  /**
   * Transforms bytes: a multiple of 16, except in the last call before {@link #finish}. Source and
   * target may overlap only where they start at the same place or the target lies before.
   */
  public void update(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    int at = 0;
    while (at < length) {
      int size = Math.min(NativeBuffer.CHUNK, length - at);
      try (NativeBuffer data = NativeBuffer.of(source, offset + at, size)) {
        call(
            "mbedtls_gcm_update",
            ctx -> Gcm.mbedtls_gcm_update(ctx, size, data.address(), data.address()));
        data.get(0, target, targetOffset + at, size);
      }
      at += size;
    }
  }

  /** The full tag of 16 bytes. */
  public byte[] finish() {
    try (NativeBuffer tag = NativeBuffer.allocate(BLOCK)) {
      call("mbedtls_gcm_finish", ctx -> Gcm.mbedtls_gcm_finish(ctx, tag.address(), BLOCK));
      return tag.bytes(0, BLOCK);
    }
  }
}
