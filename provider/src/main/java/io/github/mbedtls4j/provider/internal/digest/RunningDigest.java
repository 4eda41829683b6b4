package io.github.mbedtls4j.provider.internal.digest;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.nativeloader.handle.MdContext;
import java.util.Arrays;

/**
 * The digest of a message that arrives in pieces. A message that fits a small buffer is digested by
 * one native call and never needs a native context.
 */
public final class RunningDigest implements MessageInput {
  private static final int BUFFER = 512;

  private final Hash hash;
  private final byte[] buffer = new byte[BUFFER];
  private int buffered;

  /** Null until the message has outgrown the buffer. */
  private MdContext running;

  /** A digest of an empty message so far. */
  public RunningDigest(Hash hash) {
    this.hash = hash;
  }

  @Override
  public void update(byte input) {
    if (buffered == BUFFER) {
      drain();
    }
    buffer[buffered++] = input;
  }

  @Override
  public void update(byte[] input, int offset, int length) {
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
  public byte[] finish() {
    byte[] digest;
    if (running == null) {
      digest = hash.digest(buffer, 0, buffered);
    } else {
      drain();
      digest = running.finish();
    }
    reset();
    return digest;
  }

  @Override
  public void reset() {
    // The message may be a secret.
    Arrays.fill(buffer, (byte) 0);
    buffered = 0;
    if (running != null) {
      running.close();
      running = null;
    }
  }

  /** A second digest that has seen the same message so far. */
  public RunningDigest copy() {
    RunningDigest copy = new RunningDigest(hash);
    System.arraycopy(buffer, 0, copy.buffer, 0, buffered);
    copy.buffered = buffered;
    copy.running = running == null ? null : running.copy();
    return copy;
  }
}
