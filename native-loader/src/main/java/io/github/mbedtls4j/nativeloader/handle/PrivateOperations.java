package io.github.mbedtls4j.nativeloader.handle;

/**
 * What a private key can do that Java code alone may use, such as one in a token. The methods are
 * called below a native frame, in the thread that does the handshake; what they throw ends it.
 */
public interface PrivateOperations {
  /**
   * Signs a digest: with RSASSA-PKCS1-v1_5, or with ECDSA as a DER sequence.
   *
   * @param hash null for RSA if the digest gets no DigestInfo around it (TLS 1.0 and 1.1)
   */
  byte[] sign(Hash hash, byte[] digest) throws Exception;

  /**
   * The bare operation with an RSA key, whose result says nothing about the padding. It must take
   * the same time whatever the padding is, as far as that can be had.
   *
   * @param ciphertext as long as the modulus
   * @return the padded message; leading zeros may be missing
   */
  byte[] decrypt(byte[] ciphertext) throws Exception;
}
