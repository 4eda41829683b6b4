package io.github.mbedtls4j.provider.internal.cipher;

import static io.github.mbedtls4j.provider.internal.cipher.SymmetricCipherSpi.overtakes;

import io.github.mbedtls4j.nativeloader.handle.CipherContext;
import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.ShortBufferException;

/**
 * Messages through a keyed block cipher: joins updates into blocks, pads and unpads. It keeps and
 * gives out bytes exactly when SunJCE does.
 */
final class BlockEngine {
  private final CipherContext context;
  private final Padding padding;
  private final boolean decrypting;
  private final int block;

  /** What the mode transforms at a time: a block or a byte. */
  private final int unit;

  private final byte[] iv;

  /** Input that waits for more: less than two blocks. */
  private final byte[] held;

  private int heldLength;

  /** The last block that went in: what CBC decryption needs to continue from here. */
  private final byte[] chain;

  BlockEngine(
      CipherKind kind,
      CipherKind.Mode mode,
      Padding padding,
      boolean decrypting,
      byte[] key,
      byte[] iv) {
    this.padding = padding;
    this.decrypting = decrypting;
    this.block = kind.blockLength();
    this.unit = mode.streams() ? 1 : block;
    this.iv = iv;
    this.held = new byte[2 * block];
    this.chain = iv == null ? null : iv.clone();
    this.context = new CipherContext(kind, mode, key, !decrypting);
    reset();
  }

  /** How many bytes the end of the message gives out at most. */
  int outputSize(int inputLength) {
    int total = Math.addExact(heldLength, inputLength);
    return decrypting ? total : Math.addExact(total, padding.length(total, block));
  }

  /** How many bytes an update gives out. */
  int updateSize(int inputLength) {
    int ready = Math.addExact(heldLength, inputLength);
    if (decrypting && padding != Padding.NONE) {
      // The last block may be padding.
      ready = Math.max(ready - block, 0);
    }
    return ready - ready % unit;
  }

  int update(byte[] input, int offset, int length, byte[] output, int outputOffset)
      throws ShortBufferException {
    int ready = updateSize(length);
    if (output == null || output.length - outputOffset < ready) {
      throw new ShortBufferException("Output buffer must be (at least) " + ready + " bytes long");
    }
    feed(input, offset, length, ready, output, outputOffset);
    return ready;
  }

  byte[] finish(byte[] input, int offset, int length)
      throws IllegalBlockSizeException, BadPaddingException, ShortBufferException {
    if (decrypting && padding != Padding.NONE) {
      return finishPadded(input, offset, length, Integer.MAX_VALUE);
    }
    byte[] output = new byte[outputSize(length)];
    finish(input, offset, length, output, 0);
    return output;
  }

  int finish(byte[] input, int offset, int length, byte[] output, int outputOffset)
      throws IllegalBlockSizeException, BadPaddingException, ShortBufferException {
    int size = outputSize(length);
    int capacity = output.length - outputOffset;
    // With padding only decryption tells the exact size.
    int least = decrypting ? size - block : size;
    if (capacity < least) {
      throw new ShortBufferException("Output buffer must be (at least) " + least + " bytes long");
    }
    if (decrypting && padding != Padding.NONE) {
      byte[] message = finishPadded(input, offset, length, capacity);
      System.arraycopy(message, 0, output, outputOffset, message.length);
      return message.length;
    }
    if (size % unit != 0) {
      reset();
      throw new IllegalBlockSizeException("Input length not multiple of " + unit + " bytes");
    }
    if (capacity < size) {
      throw tooShort(capacity, size);
    }
    int total = heldLength + length;
    int whole = total - total % unit;
    feed(input, offset, length, whole, output, outputOffset);
    if (padding != Padding.NONE) {
      padding.fill(held, heldLength, size - total);
      transform(held, 0, block, output, outputOffset + whole);
    }
    reset();
    return size;
  }

  private byte[] finishPadded(byte[] input, int offset, int length, int capacity)
      throws IllegalBlockSizeException, BadPaddingException, ShortBufferException {
    int total = Math.addExact(heldLength, length);
    if (total % block != 0) {
      reset();
      throw new IllegalBlockSizeException(
          "Input length must be multiple of " + block + " when decrypting with padded cipher");
    }
    if (total == 0) {
      reset();
      // SunJCE returns an empty message; but padding adds a byte at least, so this is a forgery.
      throw new BadPaddingException("No ciphertext: a padded message has a block at least");
    }
    byte[] heldBefore = Arrays.copyOf(held, heldLength);
    byte[] chainBefore = chain == null ? null : chain.clone();
    byte[] plain = new byte[total];
    try {
      feed(input, offset, length, total, plain, 0);
      int messageLength = padding.messageLength(plain, total, block);
      if (messageLength < 0) {
        reset();
        throw new BadPaddingException(
            "Given final block not properly padded. Such issues can arise if a bad key is used"
                + " during decryption.");
      }
      if (messageLength > capacity) {
        // The caller may come back with more room.
        System.arraycopy(heldBefore, 0, held, 0, heldBefore.length);
        heldLength = heldBefore.length;
        restart(chainBefore);
        throw tooShort(capacity, messageLength);
      }
      reset();
      return Arrays.copyOf(plain, messageLength);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static ShortBufferException tooShort(int given, int needed) {
    return new ShortBufferException(
        "Output buffer too short: " + given + " bytes given, " + needed + " bytes needed");
  }

  /** Transforms {@code ready} bytes of the held ones and the input, and holds the rest. */
  private void feed(
      byte[] input, int offset, int length, int ready, byte[] output, int outputOffset) {
    byte[] source = input;
    int at = offset;
    if (overtakes(input, offset, length, output, outputOffset, heldLength)) {
      source = Arrays.copyOfRange(input, offset, offset + length);
      at = 0;
    }
    int end = at + length;
    int head = 0;
    if (heldLength > 0 && ready > 0) {
      head = Math.min(ready, (heldLength + block - 1) / block * block);
      int fill = Math.max(head - heldLength, 0);
      System.arraycopy(source, at, held, heldLength, fill);
      at += fill;
      transform(held, 0, head, output, outputOffset);
      heldLength += fill - head;
      System.arraycopy(held, head, held, 0, heldLength);
    }
    transform(source, at, ready - head, output, outputOffset + head);
    at += ready - head;
    if (at < end) {
      System.arraycopy(source, at, held, heldLength, end - at);
      heldLength += end - at;
    }
  }

  private void transform(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    if (chain != null && length >= block) {
      System.arraycopy(source, offset + length - block, chain, 0, block);
    }
    context.update(source, offset, length, target, targetOffset);
  }

  private void reset() {
    Arrays.fill(held, (byte) 0);
    heldLength = 0;
    restart(iv);
  }

  private void restart(byte[] from) {
    if (from != null) {
      System.arraycopy(from, 0, chain, 0, block);
    }
    context.start(from);
  }

  void close() {
    Arrays.fill(held, (byte) 0);
    context.close();
  }
}
