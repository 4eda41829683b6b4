package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.CcmContext;
import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import java.security.InvalidAlgorithmParameterException;
import java.security.Provider;

/** A block cipher in CCM (NIST SP 800-38C), which must know how long a message is to start it. */
public final class CcmSpi extends BlockAeadSpi<CcmContext> {
  private static final byte[] NOTHING = {};

  private boolean encrypting;
  private byte[] additional = NOTHING;
  private int additionalLength;

  /** Null until the message is encrypted. */
  private byte[] tag;

  /** A cipher for keys of one length in bytes; 0 for any that the cipher takes. */
  public CcmSpi(Provider provider, CipherKind kind, int keyLength) {
    // No update gives out anything: no message fills a unit.
    super(provider, kind, keyLength, "CCM", Integer.MAX_VALUE);
  }

  @Override
  void check(int ivLength, int tagBits) throws InvalidAlgorithmParameterException {
    if (ivLength < 7 || ivLength > 13) {
      throw new InvalidAlgorithmParameterException("CCM takes IVs of 7 to 13 bytes");
    }
    if (tagBits < 32 || tagBits > 128 || tagBits % 16 != 0) {
      throw new InvalidAlgorithmParameterException(
          "CCM takes tags of 32 to 128 bits, in steps of 16");
    }
  }

  @Override
  CcmContext context(byte[] newKey) {
    return new CcmContext(kind, newKey);
  }

  @Override
  GcmParametersSpi parametersSpi() {
    return GcmParametersSpi.ccm();
  }

  @Override
  public long limit() {
    int lengthBytes = 15 - iv.length;
    return (1L << (8 * Math.min(lengthBytes, 7))) - 1;
  }

  @Override
  public void start(boolean encrypt, byte[] data, int length) {
    encrypting = encrypt;
    additional = data.clone();
    additionalLength = length;
    tag = null;
  }

  /** Called once a message, or not at all if it is empty. */
  @Override
  public void transform(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    tag = new byte[engine.tagLength()];
    context.seal(
        iv, additional, additionalLength, source, offset, length, target, targetOffset, tag);
  }

  @Override
  public byte[] finish() {
    if (encrypting && tag == null) {
      transform(NOTHING, 0, 0, NOTHING, 0);
    }
    additional = NOTHING;
    return tag;
  }

  @Override
  public boolean open(byte[] source, int offset, byte[] plain, int tagLength) {
    byte[] data = additional;
    additional = NOTHING;
    return context.open(iv, data, additionalLength, source, offset, plain, tagLength);
  }
}
