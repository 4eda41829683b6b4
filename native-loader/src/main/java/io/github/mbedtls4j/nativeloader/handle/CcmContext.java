package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Ccm;

/** A keyed cipher in CCM (NIST SP 800-38C), whole messages alone: {@code mbedtls_ccm_context}. */
public final class CcmContext extends NativeHandle {
  /** Sets up CCM with a key of a length that {@code kind} takes. */
  public CcmContext(CipherKind kind, byte[] key) {
    super(ContextType.CCM, Ccm::mbedtls_ccm_init, Ccm::mbedtls_ccm_free);
    try (NativeBuffer k = NativeBuffer.of(key)) {
      call(
          "mbedtls_ccm_setkey",
          ctx -> Ccm.mbedtls_ccm_setkey(ctx, kind.cipherId(), k.address(), key.length * 8));
    }
  }

  /**
   * Encrypts a message to the start of an array.
   *
   * @param aad the additional data is its first {@code aadLength} bytes
   * @param tag is filled with the tag, and says how long it is
   */
  public void seal(
      byte[] iv,
      byte[] aad,
      int aadLength,
      byte[] source,
      int offset,
      int length,
      byte[] target,
      int targetOffset,
      byte[] tag) {
    try (NativeBuffer i = NativeBuffer.of(iv);
        NativeBuffer a = NativeBuffer.of(aad, 0, aadLength);
        NativeBuffer data = NativeBuffer.of(source, offset, length);
        NativeBuffer t = NativeBuffer.allocate(tag.length)) {
      call(
          "mbedtls_ccm_encrypt_and_tag",
          ctx ->
              Ccm.mbedtls_ccm_encrypt_and_tag(
                  ctx,
                  length,
                  i.address(),
                  iv.length,
                  a.address(),
                  aadLength,
                  data.address(),
                  data.address(),
                  t.address(),
                  tag.length));
      data.get(0, target, targetOffset, length);
      t.get(0, tag, 0, tag.length);
    }
  }

  /**
   * Decrypts a message that its tag follows.
   *
   * @param plain takes the message, and says how long it is
   * @return false if the tag is wrong; nothing is written then
   */
  public boolean open(
      byte[] iv, byte[] aad, int aadLength, byte[] source, int offset, byte[] plain, int tag) {
    try (NativeBuffer i = NativeBuffer.of(iv);
        NativeBuffer a = NativeBuffer.of(aad, 0, aadLength);
        NativeBuffer data = NativeBuffer.of(source, offset, plain.length + tag)) {
      int status =
          status(
              ctx ->
                  Ccm.mbedtls_ccm_auth_decrypt(
                      ctx,
                      plain.length,
                      i.address(),
                      iv.length,
                      a.address(),
                      aadLength,
                      data.address(),
                      data.address(),
                      data.address() + plain.length,
                      tag));
      if (status == Ccm.MBEDTLS_ERR_CCM_AUTH_FAILED) {
        return false;
      }
      MbedTlsException.check("mbedtls_ccm_auth_decrypt", status);
      data.get(0, plain, 0, plain.length);
      return true;
    }
  }
}
