package io.github.mbedtls4j.jsse.internal;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.nativeloader.handle.MbedTlsException;
import io.github.mbedtls4j.nativeloader.handle.PkContext;
import io.github.mbedtls4j.nativeloader.handle.PrivateOperations;
import io.github.mbedtls4j.provider.internal.key.Hashes;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;

/**
 * A private key that stays where it is, in a token for instance: its own provider signs and
 * decrypts, which JCA finds by the key. Each operation has an object of its own, so that handshakes
 * in several threads can share a key.
 */
final class TokenKey implements PrivateOperations {
  private static final String RAW = "RSA/ECB/NoPadding";
  private static final String PADDED = "RSA/ECB/PKCS1Padding";

  private final PrivateKey key;

  /** In bytes: of the modulus, or of the order of the curve. */
  private final int length;

  private final boolean rsa;

  private TokenKey(PrivateKey key, int length, boolean rsa) {
    this.key = key;
    this.length = length;
    this.rsa = rsa;
  }

  /**
   * A native key that asks {@code key}.
   *
   * @param certified the public key of its certificate
   * @throws InvalidKeyException if Mbed TLS cannot use such a key
   */
  static PkContext context(PrivateKey key, PublicKey certified) throws InvalidKeyException {
    try {
      if (certified instanceof RSAPublicKey known) {
        int length = bytes(known.getModulus().bitLength());
        return PkContext.opaqueRsa(length, new TokenKey(key, length, true));
      }
      if (certified instanceof ECPublicKey known) {
        int length = bytes(known.getParams().getOrder().bitLength());
        return PkContext.opaqueEc(known.getEncoded(), length, new TokenKey(key, length, false));
      }
    } catch (MbedTlsException | UnsupportedOperationException e) {
      throw new InvalidKeyException(
          "Mbed TLS cannot use a private " + key.getAlgorithm() + " key without an encoding", e);
    }
    throw new InvalidKeyException(
        "a private "
            + key.getAlgorithm()
            + " key without a PKCS#8 encoding, with a certificate for "
            + certified.getAlgorithm());
  }

  private static int bytes(int bits) {
    return (bits + 7) / 8;
  }

  @Override
  public byte[] sign(Hash hash, byte[] digest) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(rsa ? "NONEwithRSA" : "NONEwithECDSA");
    signature.initSign(key);
    if (rsa) {
      signature.update(hash == null ? digest : Hashes.digestInfo(hash, digest));
    } else {
      // ECDSA uses no more of it, and some tokens take no more.
      signature.update(digest, 0, Math.min(digest.length, length));
    }
    return signature.sign();
  }

  @Override
  public byte[] decrypt(byte[] ciphertext) throws GeneralSecurityException {
    Cipher cipher;
    try {
      cipher = cipher(RAW);
    } catch (GeneralSecurityException | RuntimeException e) {
      return decryptPadded(ciphertext);
    }
    try {
      return cipher.doFinal(ciphertext);
    } catch (BadPaddingException e) {
      // Not below the modulus: the peer's fault, which must look like any other of its faults.
      return new byte[0];
    }
  }

  /**
   * For tokens that let nobody see the padding. How long they take, and throwing an exception, may
   * tell whether it was good.
   */
  private byte[] decryptPadded(byte[] ciphertext) throws GeneralSecurityException {
    Cipher cipher = cipher(PADDED);
    byte[] secret;
    try {
      secret = cipher.doFinal(ciphertext);
    } catch (BadPaddingException | RuntimeException e) {
      // Not remembered: no trace may tell what was wrong with the peer's message.
      secret = new byte[0];
    }
    byte[] block = new byte[length];
    // Padded again if it was a message of any length; else there is no zero byte before it.
    int zero = length - secret.length - 1;
    Arrays.fill(block, (byte) -1);
    if (secret.length > 0 && zero > 0) {
      block[0] = 0;
      block[1] = 2;
      block[zero] = 0;
      System.arraycopy(secret, 0, block, zero + 1, secret.length);
    }
    Arrays.fill(secret, (byte) 0);
    return block;
  }

  private Cipher cipher(String transformation) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(transformation);
    cipher.init(Cipher.DECRYPT_MODE, key);
    return cipher;
  }
}
