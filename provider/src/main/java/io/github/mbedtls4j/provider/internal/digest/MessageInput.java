package io.github.mbedtls4j.provider.internal.digest;

/** Takes a message in pieces and gives what stands for it in a signature. */
public interface MessageInput {
  /** Adds one byte. */
  void update(byte input);

  /** Adds bytes. */
  void update(byte[] input, int offset, int length);

  /** What stands for the message; the next message begins. */
  byte[] finish();

  /** Forgets the message so far. */
  void reset();
}
