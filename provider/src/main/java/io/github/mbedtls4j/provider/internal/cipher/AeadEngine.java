package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.provider.internal.InputBuffer;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.ShortBufferException;

/**
 * Messages through authenticated encryption: joins updates, keeps decrypted bytes back until their
 * tag is verified, and refuses to encrypt twice with one key and IV.
 */
final class AeadEngine {
  private static final int TAG = 16;

  private final AeadPrimitive primitive;
  private final String mode;

  /** Encryption gives out multiples of this many bytes until the message ends. */
  private final int unit;

  private boolean encrypting;
  private int tagLength = TAG;

  /** Encryption: less than a unit of plaintext. Decryption: all ciphertext so far. */
  private final InputBuffer pending = new InputBuffer();

  private final UnitFeed units;
  private final InputBuffer aad = new InputBuffer();

  /** The first data went in, so the additional data is complete. */
  private boolean aadClosed;

  /** The primitive knows IV and additional data. */
  private boolean started;

  /** Whether decryption, too, takes one message for each key and IV. */
  private final boolean decryptsOnce;

  /** A message was encrypted with this key and IV. */
  private boolean spent;

  AeadEngine(AeadPrimitive primitive, String mode, int unit, boolean decryptsOnce) {
    this.decryptsOnce = decryptsOnce;
    this.primitive = primitive;
    this.mode = mode;
    this.unit = unit;
    this.units = new UnitFeed(primitive, unit, pending);
  }

  /** A new key or IV is in use. */
  void begin(boolean encrypt, int tagBytes) {
    encrypting = encrypt;
    tagLength = tagBytes;
    spent = false;
    forgetMessage();
  }

  int tagLength() {
    return tagLength;
  }

  private void forgetMessage() {
    pending.clear();
    aad.clear();
    aadClosed = false;
    started = false;
  }

  /** How many bytes the end of the message gives out. */
  int finalSize(int inputLength) {
    int total = Math.addExact(pending.length(), inputLength);
    return encrypting ? Math.addExact(total, tagLength) : Math.max(total - tagLength, 0);
  }

  /** How many bytes an update gives out. */
  int updateSize(int inputLength) {
    int total = Math.addExact(pending.length(), inputLength);
    return encrypting ? total - total % unit : 0;
  }

  void additional(byte[] source, int offset, int length) {
    requireFresh();
    if (aadClosed) {
      throw new IllegalStateException("Update has been called; no more AAD data");
    }
    aad.append(source, offset, length);
  }

  private void requireFresh() {
    if (spent) {
      throw new IllegalStateException(
          "Must use either a different key or iv for " + mode + " encryption");
    }
  }

  int update(byte[] input, int offset, int length, byte[] output, int outputOffset)
      throws ShortBufferException {
    if (decryptsOnce) {
      // SunJCE looks at the state of its stream ciphers first.
      requireFresh();
    }
    int ready = updateSize(length);
    requireRoom(output.length - outputOffset, ready);
    requireFresh();
    aadClosed = true;
    if (encrypting) {
      feed(input, offset, length, ready, output, outputOffset);
    } else {
      pending.append(input, offset, length);
    }
    return ready;
  }

  static void requireRoom(int given, int needed) throws ShortBufferException {
    if (given < needed) {
      throw new ShortBufferException(
          "Output buffer too small, must be at least " + needed + " bytes long");
    }
  }

  /** Encrypts {@code ready} bytes of the pending ones and the input, and keeps the rest. */
  private void feed(
      byte[] input, int offset, int length, int ready, byte[] output, int outputOffset) {
    if (ready > 0) {
      startOnce();
    }
    units.feed(input, offset, length, ready, output, outputOffset);
  }

  private void startOnce() {
    if (!started) {
      primitive.start(encrypting, aad.array(), aad.length());
      started = true;
      aad.clear();
    }
  }

  byte[] finish(byte[] input, int offset, int length)
      throws AEADBadTagException, IllegalBlockSizeException {
    requireFresh();
    if (!encrypting) {
      return open(input, offset, length);
    }
    requireLimit(length);
    byte[] output = new byte[finalSize(length)];
    seal(input, offset, length, output, 0);
    return output;
  }

  int finish(byte[] input, int offset, int length, byte[] output, int outputOffset)
      throws ShortBufferException, AEADBadTagException, IllegalBlockSizeException {
    checkFinish(length, output.length - outputOffset);
    if (encrypting) {
      return seal(input, offset, length, output, outputOffset);
    }
    byte[] plain = open(input, offset, length);
    System.arraycopy(plain, 0, output, outputOffset, plain.length);
    Arrays.fill(plain, (byte) 0);
    return plain.length;
  }

  /** Throws what would keep the message from ending, apart from a wrong tag. */
  void checkFinish(int length, int room)
      throws ShortBufferException, AEADBadTagException, IllegalBlockSizeException {
    if (decryptsOnce) {
      // SunJCE looks at the room of its stream ciphers first.
      requireRoom(room, finalSize(length));
    }
    requireFresh();
    requireTag(length);
    requireLimit(length);
    requireRoom(room, finalSize(length));
  }

  private void requireTag(int length) throws AEADBadTagException {
    if (!encrypting && Math.addExact(pending.length(), length) < tagLength) {
      forgetMessage();
      throw new AEADBadTagException(
          "Input data too short to contain an expected tag length of " + tagLength + "bytes");
    }
  }

  private void requireLimit(int length) throws IllegalBlockSizeException {
    int total = Math.addExact(pending.length(), length) - (encrypting ? 0 : tagLength);
    if (total > primitive.limit()) {
      forgetMessage();
      throw new IllegalBlockSizeException(
          mode + " with this IV takes at most " + primitive.limit() + " bytes, not " + total);
    }
  }

  private int seal(byte[] input, int offset, int length, byte[] output, int outputOffset) {
    int total = pending.length() + length;
    feed(input, offset, length, total, output, outputOffset);
    startOnce();
    byte[] tag = primitive.finish();
    System.arraycopy(tag, 0, output, outputOffset + total, tagLength);
    forgetMessage();
    spent = true;
    return total + tagLength;
  }

  /** The plaintext, once its tag is verified. */
  private byte[] open(byte[] input, int offset, int length)
      throws AEADBadTagException, IllegalBlockSizeException {
    requireTag(length);
    requireLimit(length);
    byte[] source = input;
    int at = offset;
    int total = pending.length() + length;
    if (pending.length() > 0) {
      pending.append(input, offset, length);
      source = pending.array();
      at = 0;
    }
    byte[] plain = new byte[total - tagLength];
    startOnce();
    boolean genuine = primitive.open(source, at, plain, tagLength);
    forgetMessage();
    spent = decryptsOnce;
    if (!genuine) {
      Arrays.fill(plain, (byte) 0);
      throw new AEADBadTagException("Tag mismatch!");
    }
    return plain;
  }
}
