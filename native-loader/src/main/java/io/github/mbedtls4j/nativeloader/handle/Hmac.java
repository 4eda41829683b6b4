package io.github.mbedtls4j.nativeloader.handle;

import java.util.Arrays;

/**
 * HMAC (RFC 2104) of any digest, SHA-512/t included. The two states that follow the padded key are
 * kept, so that the next message starts with a copy instead of the key, and a copy owes nothing to
 * its original ({@code mbedtls_md_clone} copies no HMAC state). Not safe for use by several
 * threads.
 */
public final class Hmac implements AutoCloseable {
  private static final byte INNER_PAD = 0x36;
  private static final byte OUTER_PAD = 0x5C;

  private final MdContext afterInnerKey;
  private final MdContext afterOuterKey;
  private final MdContext running;

  /** A MAC that waits for its key. */
  public Hmac(Hash hash) {
    this(new MdContext(hash), new MdContext(hash), new MdContext(hash));
  }

  private Hmac(MdContext afterInnerKey, MdContext afterOuterKey, MdContext running) {
    this.afterInnerKey = afterInnerKey;
    this.afterOuterKey = afterOuterKey;
    this.running = running;
  }

  /** Takes a key of any length and starts a message; the key stays the caller's to wipe. */
  public void key(byte[] secret) {
    Hash hash = running.hash();
    byte[] block;
    if (secret.length > hash.blockLength()) {
      byte[] digest = hash.digest(secret, 0, secret.length);
      block = Arrays.copyOf(digest, hash.blockLength());
      Arrays.fill(digest, (byte) 0);
    } else {
      block = Arrays.copyOf(secret, hash.blockLength());
    }
    try {
      startWith(afterInnerKey, block, INNER_PAD);
      // The same array, from one pad to the other.
      startWith(afterOuterKey, block, (byte) (INNER_PAD ^ OUTER_PAD));
    } finally {
      Arrays.fill(block, (byte) 0);
    }
    reset();
  }

  private static void startWith(MdContext state, byte[] block, byte pad) {
    for (int i = 0; i < block.length; i++) {
      block[i] ^= pad;
    }
    state.start();
    state.update(block, 0, block.length);
  }

  /** Forgets the message so far. */
  public void reset() {
    running.copyFrom(afterInnerKey);
  }

  /** Adds bytes to the message. */
  public void update(byte[] source, int offset, int length) {
    running.update(source, offset, length);
  }

  /** Ends the message, returns its MAC and starts the next one. */
  public byte[] finish() {
    byte[] inner = running.finish();
    running.copyFrom(afterOuterKey);
    running.update(inner, 0, inner.length);
    Arrays.fill(inner, (byte) 0);
    byte[] mac = running.finish();
    reset();
    return mac;
  }

  /** A second MAC with the same key that has seen the same message so far. */
  public Hmac copy() {
    return new Hmac(afterInnerKey.copy(), afterOuterKey.copy(), running.copy());
  }

  @Override
  public void close() {
    afterInnerKey.close();
    afterOuterKey.close();
    running.close();
  }
}
