package io.github.mbedtls4j.provider.internal.pem;

import io.github.mbedtls4j.provider.internal.key.EncodedKeys;
import io.github.mbedtls4j.provider.internal.key.PrivateForm;
import io.github.mbedtls4j.provider.internal.pbe.EncryptedKeyInfo;
import io.github.mbedtls4j.provider.internal.pbe.PasswordCipher;
import java.io.IOException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.crypto.BadPaddingException;

/** A file with a key, in PEM or DER. */
public final class KeyFile {
  private static final String WRONG = "Wrong password, or the key is damaged";

  private KeyFile() {}

  /**
   * The first private key.
   *
   * @param password asked once at most, and what it gives is overwritten
   */
  public static PrivateKey privateKey(byte[] file, Supplier<char[]> password)
      throws IOException, InvalidKeyException {
    List<PemBlock> blocks = PemBlock.of(file);
    if (blocks.isEmpty()) {
      return read(PrivateForm.of(file), file, null, password);
    }
    byte[] curve = null;
    for (PemBlock block : blocks) {
      if (block.label().equals("EC PARAMETERS")) {
        curve = block.content();
      } else if (block.label().endsWith("PRIVATE KEY")) {
        return read(block, curve, password);
      }
    }
    throw new IOException("The PEM file has no private key");
  }

  private static PrivateKey read(PemBlock block, byte[] curve, Supplier<char[]> password)
      throws IOException, InvalidKeyException {
    PrivateForm form = PrivateForm.ofLabel(block.label());
    byte[] content = block.content();
    try {
      Map<String, String> headers = block.headers();
      String procType = headers.getOrDefault("Proc-Type", "");
      if (procType.replace(" ", "").equals("4,ENCRYPTED")) {
        DekInfo cipher = DekInfo.of(headers.getOrDefault("DEK-Info", ""));
        return decrypt(cipher, content, form, curve, password);
      }
      if (PrivateForm.of(content) != form) {
        throw new IOException("The PEM block is no " + form.label());
      }
      return read(form, content, curve, password);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private static PrivateKey read(
      PrivateForm form, byte[] der, byte[] curve, Supplier<char[]> password)
      throws IOException, InvalidKeyException {
    return switch (form) {
      case PKCS1 -> EncodedKeys.pkcs1(der);
      case SEC1 -> EncodedKeys.sec1(der, curve);
      case PKCS8 -> EncodedKeys.pkcs8(der);
      case ENCRYPTED_PKCS8 -> {
        EncryptedKeyInfo info = EncryptedKeyInfo.read(der);
        yield decrypt(info.cipher(), info.data(), PrivateForm.PKCS8, null, password);
      }
    };
  }

  /** Decrypts a key, which must then not be encrypted a second time. */
  private static PrivateKey decrypt(
      PasswordCipher cipher, byte[] data, PrivateForm form, byte[] curve, Supplier<char[]> password)
      throws IOException, InvalidKeyException {
    byte[] plain = decrypt(cipher, data, password);
    try {
      if (form == PrivateForm.ENCRYPTED_PKCS8 || formOf(plain) != form) {
        throw new InvalidKeyException(WRONG);
      }
      return read(form, plain, curve, null);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static byte[] decrypt(PasswordCipher cipher, byte[] data, Supplier<char[]> source)
      throws InvalidKeyException {
    char[] password = source.get();
    if (password == null) {
      throw new InvalidKeyException("The key is encrypted: a password is needed");
    }
    try {
      return cipher.decrypt(password, data);
    } catch (BadPaddingException e) {
      throw new InvalidKeyException(WRONG, e);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** Null for what is no key: the message of its refusal would be about garbage. */
  private static PrivateForm formOf(byte[] plain) {
    try {
      return PrivateForm.of(plain);
    } catch (IOException e) {
      return null;
    }
  }

  /** The first public key. */
  public static PublicKey publicKey(byte[] file) throws IOException, InvalidKeyException {
    List<PemBlock> blocks = PemBlock.of(file);
    if (blocks.isEmpty()) {
      return EncodedKeys.publicKey(file);
    }
    for (PemBlock block : blocks) {
      if (block.label().equals("PUBLIC KEY") || block.label().equals("RSA PUBLIC KEY")) {
        return EncodedKeys.publicKey(block.content());
      }
    }
    throw new IOException("The PEM file has no public key");
  }
}
