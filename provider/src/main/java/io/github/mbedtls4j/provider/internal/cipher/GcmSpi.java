package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import io.github.mbedtls4j.nativeloader.handle.GcmContext;
import java.security.InvalidAlgorithmParameterException;
import java.security.Provider;

/** A block cipher in GCM (NIST SP 800-38D). */
public final class GcmSpi extends BlockAeadSpi<GcmContext> {
  private static final int UNIT = 16;

  /** A cipher for keys of one length in bytes; 0 for any that the cipher takes. */
  public GcmSpi(Provider provider, CipherKind kind, int keyLength) {
    super(provider, kind, keyLength, "GCM", UNIT);
  }

  @Override
  void check(int ivLength, int tagBits) throws InvalidAlgorithmParameterException {
    if (ivLength == 0) {
      throw new InvalidAlgorithmParameterException("IV is empty");
    }
    if (tagBits < 96 || tagBits > 128 || tagBits % 8 != 0) {
      throw new InvalidAlgorithmParameterException(
          "Unsupported TLen value.  Must be one of {128, 120, 112, 104, 96}");
    }
  }

  @Override
  GcmContext context(byte[] newKey) {
    return new GcmContext(kind, newKey);
  }

  @Override
  GcmParametersSpi parametersSpi() {
    return GcmParametersSpi.gcm();
  }

  @Override
  public void start(boolean encrypt, byte[] additional, int additionalLength) {
    context.start(encrypt, iv, additional, additionalLength);
  }

  @Override
  public void transform(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    context.update(source, offset, length, target, targetOffset);
  }

  @Override
  public byte[] finish() {
    return context.finish();
  }
}
