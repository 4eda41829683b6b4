package io.github.mbedtls4j.provider.internal.rsa;

import io.github.mbedtls4j.nativeloader.handle.MbedTlsException;
import io.github.mbedtls4j.provider.internal.key.Keys;
import io.github.mbedtls4j.provider.internal.key.NativeRsa;
import io.github.mbedtls4j.provider.internal.key.RsaPrivate;
import io.github.mbedtls4j.provider.internal.key.RsaPublic;
import io.github.mbedtls4j.provider.internal.key.Unsigned;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.IllegalBlockSizeException;

/** Encryption or decryption with one key and padding: collects the data and computes the power. */
final class RsaOperation {
  private static final byte[] NOTHING = {};

  /** Computes with a key, public or private. */
  record Power(NativeRsa key, BigInteger modulus, boolean isPrivate) {
    int length() {
      return key.length();
    }

    byte[] of(byte[] number) throws BadPaddingException {
      if (Unsigned.number(number).compareTo(modulus) >= 0) {
        throw new BadPaddingException("Message is larger than modulus");
      }
      try {
        return key.use(rsa -> isPrivate ? rsa.privatePower(number) : rsa.publicPower(number));
      } catch (MbedTlsException e) {
        throw new ProviderException("RSA failed", e);
      }
    }
  }

  private final Power power;
  private final boolean encrypting;
  private final RsaPadding padding;
  private final byte[] buffer;

  /** How much data came: more than the buffer holds if it is too much. */
  private int buffered;

  RsaOperation(Power power, boolean encrypting, RsaPadding padding) {
    this.power = power;
    this.encrypting = encrypting;
    this.padding = padding;
    this.buffer = new byte[encrypting ? padding.maxData() : power.length()];
  }

  static Power power(Key key) throws InvalidKeyException {
    if (key instanceof PrivateKey) {
      RsaPrivate ours = Keys.rsaPrivate(key);
      return new Power(ours.nativeKey(), ours.getModulus(), true);
    }
    if (key instanceof PublicKey) {
      RsaPublic ours = Keys.rsaPublic(key);
      return new Power(ours.nativeKey(), ours.getModulus(), false);
    }
    throw new InvalidKeyException(
        key == null ? "Key must not be null" : "Neither a public nor a private key");
  }

  /** The length of the modulus in bytes. */
  int length() {
    return power.length();
  }

  /** How much data is taken. */
  int capacity() {
    return buffer.length;
  }

  void append(byte[] input, int offset, int length) {
    if (length == 0 || input == null) {
      return;
    }
    if (length > buffer.length - buffered) {
      buffered = buffer.length + 1;
      return;
    }
    System.arraycopy(input, offset, buffer, buffered, length);
    buffered += length;
  }

  byte[] finish() throws BadPaddingException, IllegalBlockSizeException {
    byte[] number = NOTHING;
    byte[] result = NOTHING;
    try {
      if (buffered > buffer.length) {
        throw new IllegalBlockSizeException(
            "Data must not be longer than " + buffer.length + " bytes");
      }
      byte[] data = Arrays.copyOf(buffer, buffered);
      number = encrypting ? padding.pad(data) : new NoRsaPadding(length()).pad(data);
      Arrays.fill(data, (byte) 0);
      result = power.of(number);
      return encrypting ? result.clone() : padding.unpad(result);
    } finally {
      Arrays.fill(number, (byte) 0);
      Arrays.fill(result, (byte) 0);
      forget();
    }
  }

  void forget() {
    Arrays.fill(buffer, (byte) 0);
    buffered = 0;
  }
}
