package io.github.mbedtls4j.provider.internal.digest;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.nativeloader.handle.MdContext;
import java.security.DigestException;
import java.security.MessageDigestSpi;
import java.util.Arrays;

/**
 * A message digest. A message that fits a small buffer is digested by one native call and never
 * needs a native context.
 */
public final class DigestSpi extends MessageDigestSpi implements Cloneable {
  private static final int BUFFER = 512;

  private final Hash hash;
  private final byte[] buffer = new byte[BUFFER];
  private int buffered;

  /** Null until the message has outgrown the buffer. */
  private MdContext running;

  /** A digest of an empty message so far. */
  public DigestSpi(Hash hash) {
    this.hash = hash;
  }

  @Override
  protected int engineGetDigestLength() {
    return hash.length();
  }

  @Override
  protected void engineUpdate(byte input) {
    if (buffered == BUFFER) {
      drain();
    }
    buffer[buffered++] = input;
  }

  @Override
  protected void engineUpdate(byte[] input, int offset, int length) {
    if (length <= BUFFER - buffered) {
      System.arraycopy(input, offset, buffer, buffered, length);
      buffered += length;
      return;
    }
    drain();
    running.update(input, offset, length);
  }

  private void drain() {
    if (running == null) {
      running = new MdContext(hash);
    }
    running.update(buffer, 0, buffered);
    buffered = 0;
  }

  @Override
  protected byte[] engineDigest() {
    byte[] digest;
    if (running == null) {
      digest = hash.digest(buffer, 0, buffered);
    } else {
      drain();
      digest = running.finish();
    }
    engineReset();
    return digest;
  }

  @Override
  protected int engineDigest(byte[] target, int offset, int length) throws DigestException {
    if (length < hash.length()) {
      throw new DigestException(
          "Length must be at least " + hash.length() + " for " + hash.standardName() + " digests");
    }
    if (offset < 0 || offset > target.length - length) {
      throw new DigestException("Buffer too short to store digest");
    }
    byte[] digest = engineDigest();
    System.arraycopy(digest, 0, target, offset, digest.length);
    return digest.length;
  }

  @Override
  protected void engineReset() {
    // The message may be a secret.
    Arrays.fill(buffer, (byte) 0);
    buffered = 0;
    if (running != null) {
      running.close();
      running = null;
    }
  }

  @Override
  public Object clone() {
    DigestSpi copy = new DigestSpi(hash);
    System.arraycopy(buffer, 0, copy.buffer, 0, buffered);
    copy.buffered = buffered;
    copy.running = running == null ? null : running.copy();
    return copy;
  }
}
