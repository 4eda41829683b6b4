package io.github.mbedtls4j.wycheproof;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts and decrypts; a forged message must leave nothing of its plaintext behind. */
final class AeadRunner implements VectorRunner {

  /** Flags of vectors that must fail in init already, before there is any data. */
  private static final Set<String> PARAMETER_FLAGS =
      Set.of("ZeroLengthIv", "InvalidNonceSize", "InvalidTagSize", "InsecureTagSize");

  @Override
  public void run(Jca jca, VectorGroup group, TestVector vector)
      throws VectorFailure, GeneralSecurityException {
    byte[] plain = vector.bytes("msg");
    byte[] sealed = concat(List.of(vector.bytes("ct"), vector.bytes("tag")));
    Expectation seal = new Expectation(vector.result(), sealed, rejections(vector, false));
    Expectation open = new Expectation(vector.result(), plain, rejections(vector, true));
    for (Feed feed : Feed.values()) {
      Cipher encryption = jca.cipher(JcaNames.cipher(group.algorithm()));
      seal.checkCompared(
          feed.step("encrypt"),
          () -> {
            init(encryption, Cipher.ENCRYPT_MODE, group, vector, feed);
            return feed.transform(encryption, vector, plain);
          });
      Cipher decryption = jca.cipher(JcaNames.cipher(group.algorithm()));
      byte[] output = new byte[sealed.length + plain.length];
      open.check(
          feed.step("decrypt"),
          () -> {
            init(decryption, Cipher.DECRYPT_MODE, group, vector, feed);
            return open(decryption, vector, feed.pieces(vector, sealed), output);
          });
      checkNothingLeaked(feed.step("decrypt"), vector, plain, output);
    }
  }

  private static List<Class<? extends Exception>> rejections(TestVector vector, boolean decrypt) {
    if (vector.flags().stream().anyMatch(PARAMETER_FLAGS::contains)) {
      return List.of(InvalidAlgorithmParameterException.class);
    }
    return List.of(decrypt ? AEADBadTagException.class : Expectation.Mismatch.class);
  }

  private static void init(Cipher cipher, int mode, VectorGroup group, TestVector vector, Feed feed)
      throws GeneralSecurityException {
    String keyAlgorithm = JcaNames.cipherKey(group.algorithm());
    SecretKeySpec key = new SecretKeySpec(vector.bytes("key"), keyAlgorithm);
    cipher.init(mode, key, parameters(keyAlgorithm, group, vector));
    for (byte[] piece : feed.pieces(vector, vector.bytes("aad"))) {
      cipher.updateAAD(piece);
    }
  }

  private static AlgorithmParameterSpec parameters(
      String keyAlgorithm, VectorGroup group, TestVector vector)
      throws InvalidAlgorithmParameterException {
    byte[] iv = vector.bytes("iv");
    try {
      return keyAlgorithm.equals("ChaCha20")
          ? new IvParameterSpec(iv)
          : new GCMParameterSpec(group.number("tagSize"), iv);
    } catch (IllegalArgumentException e) {
      // The spec classes may refuse first: it is the same refusal in an unchecked dress.
      throw new InvalidAlgorithmParameterException(e);
    }
  }

  /** Decrypts into a buffer the caller keeps, to see what a failed decryption leaves there. */
  private static byte[] open(Cipher cipher, TestVector vector, List<byte[]> pieces, byte[] output)
      throws Exception {
    int length = 0;
    for (byte[] piece : pieces.subList(0, pieces.size() - 1)) {
      length += cipher.update(piece, 0, piece.length, output, length);
    }
    if (vector.invalid() && length > 0) {
      throw new VectorFailure("update released " + length + " bytes before the tag was checked");
    }
    byte[] last = pieces.get(pieces.size() - 1);
    length += cipher.doFinal(last, 0, last.length, output, length);
    return Arrays.copyOf(output, length);
  }

  private static void checkNothingLeaked(
      String step, TestVector vector, byte[] plain, byte[] output) throws VectorFailure {
    // An untouched or wiped buffer is all zero, and so are some plaintexts: those tell nothing.
    boolean telling = !Arrays.equals(plain, new byte[plain.length]);
    if (vector.invalid() && telling && Arrays.equals(plain, Arrays.copyOf(output, plain.length))) {
      throw new VectorFailure(step + ": the output buffer holds the plaintext of a forged message");
    }
  }

  private static byte[] concat(List<byte[]> parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    parts.forEach(joined::writeBytes);
    return joined.toByteArray();
  }
}
