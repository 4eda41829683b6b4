package io.github.mbedtls4j.provider.internal.digest;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import java.security.DigestException;
import java.security.MessageDigestSpi;

/** A message digest. */
public final class DigestSpi extends MessageDigestSpi implements Cloneable {
  private final Hash hash;
  private final RunningDigest running;

  /** A digest of an empty message so far. */
  public DigestSpi(Hash hash) {
    this(hash, new RunningDigest(hash));
  }

  private DigestSpi(Hash hash, RunningDigest running) {
    this.hash = hash;
    this.running = running;
  }

  @Override
  protected int engineGetDigestLength() {
    return hash.length();
  }

  @Override
  protected void engineUpdate(byte input) {
    running.update(input);
  }

  @Override
  protected void engineUpdate(byte[] input, int offset, int length) {
    running.update(input, offset, length);
  }

  @Override
  protected byte[] engineDigest() {
    return running.finish();
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
    running.reset();
  }

  @Override
  public Object clone() {
    return new DigestSpi(hash, running.copy());
  }
}
