package io.github.mbedtls4j.provider.internal.pbe;

import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.nativeloader.handle.Pbkdf2;
import io.github.mbedtls4j.nativeloader.handle.Rng;
import io.github.mbedtls4j.provider.internal.cipher.PaddedCbc;
import io.github.mbedtls4j.provider.internal.kdf.Passwords;
import io.github.mbedtls4j.provider.internal.key.Der;
import io.github.mbedtls4j.provider.internal.key.DerReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.spec.InvalidParameterSpecException;
import java.util.Arrays;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEParameterSpec;

/** {@code EncryptedPrivateKeyInfo} (RFC 5958, section 3). */
public final class EncryptedKeyInfo {
  /** What a file may ask for: that of the JDK's key stores. It takes seconds. */
  public static final int MAX_ITERATIONS = 5_000_000;

  private static final String PBES2 = "1.2.840.113549.1.5.13";
  private static final Pbes2 WRITTEN = new Pbes2(Hash.SHA256, 256);
  private static final int SALT = 16;

  private final PasswordCipher cipher;
  private final byte[] data;

  private EncryptedKeyInfo(PasswordCipher cipher, byte[] data) {
    this.cipher = cipher;
    this.data = data;
  }

  /** Reads an encoding and refuses what cannot be decrypted with any password. */
  public static EncryptedKeyInfo read(byte[] encoding) throws IOException {
    DerReader outer = DerReader.of(encoding);
    DerReader info = outer.enter(Der.SEQUENCE);
    outer.end();
    DerReader algorithm = info.enter(Der.SEQUENCE);
    byte[] data = info.octetString();
    info.end();
    String oid = algorithm.oid();
    DerReader parameters = algorithm.enter(Der.SEQUENCE);
    algorithm.end();
    if (oid.equals(PBES2)) {
      return new EncryptedKeyInfo(pbes2(Pbes2Params.read(parameters)), data);
    }
    byte[] salt = parameters.octetString();
    int iterations = Pbes2Params.iterations(parameters.integer());
    parameters.end();
    checkIterations(iterations);
    return new EncryptedKeyInfo(Pbes1.of(oid, salt, iterations), data);
  }

  private static PasswordCipher pbes2(Pbes2Params params) throws IOException {
    checkIterations(params.iterations);
    CbcKey cipher = CbcKey.ofOid(params.cipherOid);
    cipher.checkIv(params.iv);
    Hash hash = Pbes2.hashOf(params.hmacOid);
    return (password, encrypted) ->
        cipher.decrypt(
            pbkdf2(hash, password, params.salt, params.iterations, cipher.length()),
            params.iv,
            encrypted);
  }

  private static void checkIterations(int iterations) throws IOException {
    if (iterations > MAX_ITERATIONS) {
      throw new IOException(
          "iteration count " + iterations + ", at most " + MAX_ITERATIONS + " are allowed");
    }
  }

  private static byte[] pbkdf2(
      Hash hash, char[] password, byte[] salt, int iterations, int length) {
    byte[] utf8 = Passwords.utf8(password);
    try {
      return Pbkdf2.derive(hash, utf8, salt, iterations, length);
    } finally {
      Arrays.fill(utf8, (byte) 0);
    }
  }

  /** How to decrypt the key. */
  public PasswordCipher cipher() {
    return cipher;
  }

  /** The encrypted PKCS #8 key. */
  public byte[] data() {
    return data;
  }

  /** Encrypts a PKCS #8 key by PBES2 with AES-256-CBC and HMAC-SHA-256. */
  public static byte[] encrypt(byte[] pkcs8, char[] password, int iterations) {
    byte[] salt = Rng.bytes(SALT);
    byte[] iv = Rng.bytes(CipherKind.AES.blockLength());
    byte[] key = pbkdf2(WRITTEN.hash(), password, salt, iterations, WRITTEN.bits() / Byte.SIZE);
    try {
      Pbes2ParametersSpi parameters = new Pbes2ParametersSpi(WRITTEN);
      parameters.engineInit(new PBEParameterSpec(salt, iterations, new IvParameterSpec(iv)));
      return Der.sequence(
          Der.sequence(Der.oid(PBES2), parameters.engineGetEncoded()),
          Der.octetString(PaddedCbc.encrypt(CipherKind.AES, key, iv, pkcs8)));
    } catch (InvalidParameterSpecException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
