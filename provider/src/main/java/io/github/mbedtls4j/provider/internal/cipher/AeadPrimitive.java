package io.github.mbedtls4j.provider.internal.cipher;

/** The arithmetic of authenticated encryption, under the key and IV in use. */
interface AeadPrimitive {
  /** Begins a message. */
  void start(boolean encrypt, byte[] additional, int additionalLength);

  /** Transforms bytes: a multiple of the unit, except in the last call. */
  void transform(byte[] source, int offset, int length, byte[] target, int targetOffset);

  /** Ends the message; its tag, or more of it than is asked for. */
  byte[] finish();

  /**
   * Decrypts a whole message that its tag follows, after {@link #start}.
   *
   * @param plain takes the message, and says how long it is
   * @return whether the tag is right
   */
  default boolean open(byte[] source, int offset, byte[] plain, int tagLength) {
    transform(source, offset, plain.length, plain, 0);
    byte[] tag = finish();
    int difference = 0;
    for (int i = 0; i < tagLength; i++) {
      difference |= tag[i] ^ source[offset + plain.length + i];
    }
    return difference == 0;
  }

  /** The length of the longest message. */
  default long limit() {
    return Long.MAX_VALUE;
  }
}
