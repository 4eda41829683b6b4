package io.github.mbedtls4j.nativeloader.handle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.nativeloader.binding.LoadedLibrary;
import io.github.mbedtls4j.nativeloader.binding.Pk;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What C asks of a key in Java, and what it gets. */
class OpaqueKeyTest {
  private static final int LENGTH = 256;
  private static final int SECRET = 48;

  @BeforeAll
  static void load() {
    MbedTls.load();
  }

  /** Answers with what a test says. */
  private static final class Scripted implements PrivateOperations {
    private byte[] answer;
    private RuntimeException thrown;
    private Hash hash;
    private byte[] input;

    @Override
    public byte[] sign(Hash kind, byte[] digest) {
      hash = kind;
      input = digest;
      return answer();
    }

    @Override
    public byte[] decrypt(byte[] ciphertext) {
      input = ciphertext;
      return answer();
    }

    private byte[] answer() {
      if (thrown != null) {
        throw thrown;
      }
      return answer.clone();
    }
  }

  /** A padded premaster secret (RFC 8017 section 7.2.1). */
  private static byte[] padded() {
    byte[] block = new byte[LENGTH];
    Random random = new Random(1);
    for (int i = 2; i < LENGTH; i++) {
      block[i] = (byte) (1 + random.nextInt(255));
    }
    block[1] = 2;
    block[LENGTH - SECRET - 1] = 0;
    return block;
  }

  /** What C gets for a block: the secret, or null if the result is an error. */
  private static byte[] decrypted(PkContext key) {
    try (NativeBuffer in = NativeBuffer.of(new byte[LENGTH]);
        NativeBuffer out = NativeBuffer.allocate(SECRET);
        NativeBuffer length = NativeBuffer.allocate(Long.BYTES)) {
      int result =
          key.status(
              pk ->
                  LoadedLibrary.invokeInt(
                      "mbedtls_pk_decrypt",
                      pk,
                      in.address(),
                      (long) LENGTH,
                      out.address(),
                      length.address(),
                      (long) SECRET,
                      0L,
                      0L));
      assertTrue(result == 0 || result == Pk.MBEDTLS_ERR_PK_HW_ACCEL_FAILED);
      return result == 0 ? out.bytes(0, (int) length.getLong(0)) : null;
    }
  }

  @Test
  void onlyAWellPaddedSecretIsTaken() {
    Scripted token = new Scripted();
    byte[] good = padded();
    byte[] secret = Arrays.copyOfRange(good, LENGTH - SECRET, LENGTH);
    try (PkContext key = PkContext.opaqueRsa(LENGTH, token)) {
      token.answer = good;
      assertArrayEquals(secret, decrypted(key));
      // Without the leading zero, as numbers are written.
      token.answer = Arrays.copyOfRange(good, 1, LENGTH);
      assertArrayEquals(secret, decrypted(key));
      for (int at = 0; at < LENGTH - SECRET; at++) {
        token.answer = good.clone();
        token.answer[at] = (byte) (at < 2 || at == LENGTH - SECRET - 1 ? 0x80 : 0);
        assertNull(decrypted(key), "byte " + at);
      }
      // Of the secret every byte is as good as another.
      for (int at = LENGTH - SECRET; at < LENGTH; at++) {
        token.answer = good.clone();
        token.answer[at] = 0;
        assertArrayEquals(
            Arrays.copyOfRange(token.answer, LENGTH - SECRET, LENGTH), decrypted(key));
      }
      for (int length : new int[] {0, 1, SECRET, LENGTH - 2, LENGTH + 1}) {
        token.answer = Arrays.copyOfRange(good, 0, length);
        assertNull(decrypted(key), "length " + length);
      }
      assertNull(key.failure());
    }
  }

  @Test
  void keysTooShortForASecretDecryptNothing() {
    Scripted token = new Scripted();
    token.answer = new byte[58];
    try (PkContext key = PkContext.opaqueRsa(58, token);
        NativeBuffer scratch = NativeBuffer.allocate(SECRET + 58 + Long.BYTES)) {
      int result =
          key.status(
              pk ->
                  LoadedLibrary.invokeInt(
                      "mbedtls_pk_decrypt",
                      pk,
                      scratch.address() + SECRET + Long.BYTES,
                      58L,
                      scratch.address(),
                      scratch.address() + SECRET,
                      (long) SECRET,
                      0L,
                      0L));
      assertEquals(Pk.MBEDTLS_ERR_PK_HW_ACCEL_FAILED, result);
    }
    assertThrows(
        UnsupportedOperationException.class,
        () -> PkContext.opaqueRsa(RsaContext.MAX_LENGTH + 1, token));
  }

  private static byte[] signed(PkContext key, Hash hash, byte[] digest) {
    try (NativeBuffer in = NativeBuffer.of(digest);
        NativeBuffer out = NativeBuffer.allocate(RsaContext.MAX_LENGTH);
        NativeBuffer length = NativeBuffer.allocate(Long.BYTES)) {
      int result =
          key.status(
              pk ->
                  Rng.lend(
                      rng ->
                          Pk.mbedtls_pk_sign(
                              pk,
                              hash == null ? 0 : hash.mdType(),
                              in.address(),
                              // C takes 0 for the length of the hash.
                              hash == null ? digest.length : 0,
                              out.address(),
                              length.address(),
                              Rng.F_RNG,
                              rng)));
      return result == 0 ? out.bytes(0, (int) length.getLong(0)) : null;
    }
  }

  @Test
  void signatures() throws Exception {
    assertTrue(EcKeyTable.supported());
    Scripted token = new Scripted();
    byte[] spki = ecKey().getPublic().getEncoded();
    try (PkContext rsa = PkContext.opaqueRsa(LENGTH, token);
        PkContext ec = PkContext.opaqueEc(spki, 32, token)) {
      for (Hash hash : new Hash[] {Hash.SHA1, Hash.SHA256, Hash.SHA384, Hash.SHA512}) {
        byte[] digest = hash.digest(new byte[3], 0, 3);
        for (PkContext key : new PkContext[] {rsa, ec}) {
          token.answer = Arrays.copyOf(digest, key == rsa ? LENGTH : 71);
          assertArrayEquals(token.answer, signed(key, hash, digest));
          assertEquals(hash, token.hash);
          assertArrayEquals(digest, token.input);
        }
      }
      byte[] both = new byte[36];
      token.answer = new byte[LENGTH];
      assertArrayEquals(token.answer, signed(rsa, null, both));
      assertNull(token.hash);
      assertArrayEquals(both, token.input);
      token.answer = new byte[LENGTH - 1];
      assertNull(signed(rsa, null, both));
      // As long as the longest signature of the curve, and longer.
      token.answer = new byte[75];
      assertArrayEquals(token.answer, signed(ec, Hash.SHA256, new byte[32]));
      token.answer = new byte[76];
      assertNull(signed(ec, Hash.SHA256, new byte[32]));
    }
  }

  @Test
  void theFirstFailureIsKept() throws Exception {
    Scripted token = new Scripted();
    IllegalStateException first = new IllegalStateException("first");
    try (PkContext key = PkContext.opaqueEc(ecKey().getPublic().getEncoded(), 32, token)) {
      assertNull(key.failure());
      token.thrown = first;
      assertNull(signed(key, Hash.SHA256, new byte[32]));
      token.thrown = new IllegalStateException("second");
      assertNull(signed(key, Hash.SHA256, new byte[32]));
      assertSame(first, key.failure());
    }
  }

  private static java.security.KeyPair ecKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  /** Native EC keys sign with their own group, again and again. */
  @Test
  void nativeEcKeysSign() throws Exception {
    java.security.KeyPair pair = ecKey();
    byte[] message = {1, 2, 3};
    Signature verifier = Signature.getInstance("SHA256withECDSA");
    verifier.initVerify(pair.getPublic());
    try (PkContext key = new PkContext(pair.getPrivate().getEncoded())) {
      for (int i = 0; i < 3; i++) {
        verifier.update(message);
        assertTrue(verifier.verify(signed(key, Hash.SHA256, Hash.SHA256.digest(message, 0, 3))));
        verifier.update(message);
        assertFalse(verifier.verify(signed(key, Hash.SHA256, new byte[32])));
      }
      assertNull(key.failure());
    }
  }
}
