package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.ProviderException;
import javax.crypto.AEADBadTagException;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.ShortBufferException;

/** Authenticated encryption for the JCA. Subclasses take keys and parameters. */
abstract class AeadSpi extends SymmetricCipherSpi implements AeadPrimitive {
  private final String mode;
  final AeadEngine engine;

  AeadSpi(
      Provider provider,
      CipherKind kind,
      int keyLength,
      String mode,
      int unit,
      boolean decryptsOnce) {
    super(provider, kind, keyLength);
    this.mode = mode;
    this.engine = new AeadEngine(this, mode, unit, decryptsOnce);
  }

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
  protected final int engineGetOutputSize(int inputLength) {
    return engine.finalSize(inputLength);
  }

  @Override
  protected final void engineUpdateAAD(byte[] source, int offset, int length) {
    engine.additional(source, offset, length);
  }

  @Override
  protected final void engineUpdateAAD(ByteBuffer source) {
    byte[] bytes = copy(source);
    engine.additional(bytes, 0, bytes.length);
    source.position(source.limit());
  }

  @Override
  protected final byte[] engineUpdate(byte[] input, int offset, int length) {
    byte[] output = new byte[engine.updateSize(length)];
    try {
      engine.update(input, offset, length, output, 0);
    } catch (ShortBufferException e) {
      throw new ProviderException("the output size was estimated too small", e);
    }
    return output;
  }

  @Override
  protected final int engineUpdate(
      byte[] input, int offset, int length, byte[] output, int outputOffset)
      throws ShortBufferException {
    return engine.update(input, offset, length, output, outputOffset);
  }

  @Override
  protected final byte[] engineDoFinal(byte[] input, int offset, int length)
      throws AEADBadTagException, IllegalBlockSizeException {
    return engine.finish(orEmpty(input), offset, length);
  }

  @Override
  protected final int engineDoFinal(
      byte[] input, int offset, int length, byte[] output, int outputOffset)
      throws ShortBufferException, AEADBadTagException, IllegalBlockSizeException {
    return engine.finish(orEmpty(input), offset, length, output, outputOffset);
  }

  /** How much room an update asks of a buffer, which need not be what it fills. */
  int roomForUpdate(int inputLength) {
    return engine.updateSize(inputLength);
  }

  @Override
  protected int engineUpdate(ByteBuffer input, ByteBuffer output) throws ShortBufferException {
    AeadEngine.requireRoom(output.remaining(), roomForUpdate(input.remaining()));
    byte[] bytes = copy(input);
    byte[] result = engineUpdate(bytes, 0, bytes.length);
    input.position(input.limit());
    output.put(result);
    return result.length;
  }

  @Override
  protected final int engineDoFinal(ByteBuffer input, ByteBuffer output)
      throws ShortBufferException, AEADBadTagException, IllegalBlockSizeException {
    engine.checkFinish(input.remaining(), output.remaining());
    byte[] bytes = copy(input);
    byte[] result = engine.finish(bytes, 0, bytes.length);
    input.position(input.limit());
    output.put(result);
    return result.length;
  }

  /** A copy settles how the buffers may overlap, which direct ones do not tell. */
  private static byte[] copy(ByteBuffer input) {
    byte[] bytes = new byte[input.remaining()];
    input.duplicate().get(bytes);
    return bytes;
  }
}
