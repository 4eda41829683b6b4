package io.github.mbedtls4j.provider.internal.mac;

import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import io.github.mbedtls4j.nativeloader.handle.GcmContext;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;

/** GMAC (NIST SP 800-38D): GCM of nothing but additional data, with a nonce for each message. */
public final class GmacSpi extends OneTimeMacSpi {
  private static final int TAG = 16;

  private final CipherKind kind;
  private int tagLength = TAG;

  // These are null until a key is there.
  private byte[] key;
  private byte[] iv;
  private GcmContext gcm;

  /** A MAC that waits for its key. */
  public GmacSpi(CipherKind kind) {
    super("GMAC needs another nonce for each message");
    this.kind = kind;
  }

  @Override
  protected int engineGetMacLength() {
    return tagLength;
  }

  @Override
  protected void engineInit(Key given, AlgorithmParameterSpec params)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    int newTag = TAG;
    byte[] newIv;
    if (params instanceof GCMParameterSpec spec) {
      newIv = spec.getIV();
      newTag = spec.getTLen() / 8;
      if (newTag < 12 || newTag > TAG || spec.getTLen() % 8 != 0) {
        throw new InvalidAlgorithmParameterException("GMAC takes tags of 96 to 128 bits");
      }
    } else if (params instanceof IvParameterSpec spec) {
      newIv = spec.getIV();
    } else {
      throw new InvalidAlgorithmParameterException("GMAC needs a nonce: an IvParameterSpec");
    }
    if (newIv.length == 0) {
      throw new InvalidAlgorithmParameterException("the nonce is empty");
    }
    if (!(given instanceof SecretKey)) {
      throw new InvalidKeyException("Secret key expected");
    }
    byte[] bytes = given.getEncoded();
    if (bytes == null || !kind.takesKeyOf(bytes.length)) {
      throw new InvalidKeyException("Invalid " + kind.standardName() + " key length");
    }
    useKey(bytes);
    iv = newIv;
    tagLength = newTag;
    begin();
  }

  private void useKey(byte[] bytes) {
    if (gcm != null) {
      gcm.close();
      Arrays.fill(key, (byte) 0);
    }
    key = bytes;
    gcm = new GcmContext(kind, bytes);
  }

  @Override
  byte[] tag(byte[] message, int length) {
    gcm.start(true, iv, message, length);
    return Arrays.copyOf(gcm.finish(), tagLength);
  }

  @Override
  public Object clone() {
    GmacSpi copy = new GmacSpi(kind);
    copy.copyMessage(this);
    copy.tagLength = tagLength;
    copy.iv = iv;
    if (gcm != null) {
      copy.useKey(key.clone());
    }
    return copy;
  }
}
