package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.StreamContext;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.Arrays;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.ShortBufferException;

/** A stream cipher: as many bytes out as in, at once. */
abstract class StreamSpi extends SymmetricCipherSpi {
  private final String mode;

  StreamSpi(Provider provider, String mode) {
    super(provider, null, 0);
    this.mode = mode;
  }

  /** The key stream at the place that the next byte belongs to. */
  abstract StreamContext stream();

  /** The message is complete. */
  abstract void finished();

  @Override
  protected final void engineSetMode(String name) throws NoSuchAlgorithmException {
    if (!name.equalsIgnoreCase(mode)) {
      throw new NoSuchAlgorithmException("Mode must be " + mode);
    }
  }

  @Override
  protected final void engineSetPadding(String name) throws NoSuchPaddingException {
    if (!name.equalsIgnoreCase("NoPadding")) {
      throw new NoSuchPaddingException("Padding must be NoPadding");
    }
  }

  @Override
  protected final int engineGetBlockSize() {
    return 0;
  }

  @Override
  protected final int engineGetOutputSize(int inputLength) {
    return inputLength;
  }

  @Override
  protected final byte[] engineUpdate(byte[] input, int offset, int length) {
    byte[] output = new byte[length];
    stream().update(input, offset, length, output, 0);
    return output;
  }

  @Override
  protected final int engineUpdate(
      byte[] input, int offset, int length, byte[] output, int outputOffset)
      throws ShortBufferException {
    StreamContext stream = stream();
    if (output.length - outputOffset < length) {
      throw new ShortBufferException("Output buffer too small");
    }
    byte[] source = input;
    int at = offset;
    if (overtakes(input, offset, length, output, outputOffset, 0)) {
      source = Arrays.copyOfRange(input, offset, offset + length);
      at = 0;
    }
    stream.update(source, at, length, output, outputOffset);
    return length;
  }

  @Override
  protected final byte[] engineDoFinal(byte[] input, int offset, int length) {
    byte[] output = engineUpdate(orEmpty(input), offset, length);
    finished();
    return output;
  }

  @Override
  protected final int engineDoFinal(
      byte[] input, int offset, int length, byte[] output, int outputOffset)
      throws ShortBufferException {
    int size = engineUpdate(orEmpty(input), offset, length, output, outputOffset);
    finished();
    return size;
  }
}
