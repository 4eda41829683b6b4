package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import io.github.mbedtls4j.nativeloader.handle.XtsContext;
import io.github.mbedtls4j.provider.internal.InputBuffer;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;

/** AES-XTS (IEEE 1619): a message is one data unit, whose number is the IV, little end first. */
public final class XtsSpi extends IvCipherSpi {
  private static final int BLOCK = 16;

  /** 2^20 blocks: a limit of the standard that the library enforces. */
  private static final int LONGEST = 1 << 24;

  private final InputBuffer pending = new InputBuffer();
  private byte[] tweak;

  /** Null until initialised. */
  private XtsContext context;

  /** A cipher that waits for its key. */
  public XtsSpi(Provider provider) {
    super(provider, CipherKind.AES, 0);
  }

  @Override
  protected void engineSetMode(String name) throws NoSuchAlgorithmException {
    if (!name.equalsIgnoreCase("XTS")) {
      throw new NoSuchAlgorithmException("Mode must be XTS");
    }
  }

  @Override
  protected void engineSetPadding(String name) throws NoSuchPaddingException {
    if (!name.equalsIgnoreCase("NoPadding")) {
      throw new NoSuchPaddingException("Padding must be NoPadding");
    }
  }

  @Override
  protected int engineGetKeySize(Key key) throws InvalidKeyException {
    byte[] bytes = keys(key);
    Arrays.fill(bytes, (byte) 0);
    return bytes.length * 8;
  }

  private static byte[] keys(Key key) throws InvalidKeyException {
    byte[] bytes = SymmetricKeys.rawBytes(key, 0);
    if (!CipherKind.AES.takesKeyNamed(key.getAlgorithm())
        || (bytes.length != 32 && bytes.length != 64)) {
      Arrays.fill(bytes, (byte) 0);
      throw new InvalidKeyException("XTS takes AES keys of 32 or 64 bytes: two, one for the tweak");
    }
    return bytes;
  }

  @Override
  protected byte[] engineGetIV() {
    return tweak == null ? null : tweak.clone();
  }

  @Override
  protected AlgorithmParameters engineGetParameters() {
    byte[] value = tweak == null ? new byte[BLOCK] : tweak;
    return OwnParameters.of(
        provider, "AES", new IvParametersSpi(BLOCK), new IvParameterSpec(value));
  }

  @Override
  protected void engineInit(int opmode, Key key, AlgorithmParameterSpec params, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    boolean encrypting = opmode == Cipher.ENCRYPT_MODE || opmode == Cipher.WRAP_MODE;
    byte[] newTweak;
    if (params instanceof IvParameterSpec spec && spec.getIV().length == BLOCK) {
      newTweak = spec.getIV();
    } else if (params == null && encrypting) {
      newTweak = randomIv(BLOCK, random);
    } else {
      throw new InvalidAlgorithmParameterException("XTS needs an IvParameterSpec of 16 bytes");
    }
    byte[] bytes = keys(key);
    try {
      if (context != null) {
        context.close();
      }
      context = new XtsContext(bytes, encrypting);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
    tweak = newTweak;
    pending.clear();
  }

  @Override
  protected int engineGetOutputSize(int inputLength) {
    return Math.addExact(pending.length(), inputLength);
  }

  @Override
  protected byte[] engineUpdate(byte[] input, int offset, int length) {
    pending.append(input, offset, length);
    return null;
  }

  @Override
  protected int engineUpdate(
      byte[] input, int offset, int length, byte[] output, int outputOffset) {
    pending.append(input, offset, length);
    return 0;
  }

  @Override
  protected byte[] engineDoFinal(byte[] input, int offset, int length)
      throws IllegalBlockSizeException {
    pending.append(orEmpty(input), offset, length);
    try {
      if (pending.length() < BLOCK || pending.length() > LONGEST) {
        throw new IllegalBlockSizeException(
            "XTS takes 16 to 2^24 bytes at once, not " + pending.length());
      }
      return context.transform(tweak, pending.array(), pending.length());
    } finally {
      pending.clear();
    }
  }

  @Override
  protected int engineDoFinal(byte[] input, int offset, int length, byte[] output, int outputOffset)
      throws ShortBufferException, IllegalBlockSizeException {
    AeadEngine.requireRoom(output.length - outputOffset, engineGetOutputSize(length));
    byte[] result = engineDoFinal(input, offset, length);
    System.arraycopy(result, 0, output, outputOffset, result.length);
    Arrays.fill(result, (byte) 0);
    return result.length;
  }
}
