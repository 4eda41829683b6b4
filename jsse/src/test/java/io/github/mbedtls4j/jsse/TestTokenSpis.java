package io.github.mbedtls4j.jsse;

import io.github.mbedtls4j.jsse.TestToken.TokenPrivateKey;
import java.io.ByteArrayOutputStream;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;

/** What {@link TestToken} does with its keys: the work of the JDK, on the real key. */
final class TestTokenSpis {
  private TestTokenSpis() {}

  private static TokenPrivateKey own(Key key) throws InvalidKeyException {
    if (key instanceof TokenPrivateKey token) {
      return token;
    }
    throw new InvalidKeyException("not a key of this token");
  }

  static final class RawSignature extends SignatureSpi {
    private final String keyAlgorithm;
    private final ByteArrayOutputStream input = new ByteArrayOutputStream();
    private TokenPrivateKey key;

    RawSignature(String keyAlgorithm) {
      this.keyAlgorithm = keyAlgorithm;
    }

    @Override
    protected void engineInitVerify(PublicKey publicKey) throws InvalidKeyException {
      throw new InvalidKeyException("a token has private keys only");
    }

    @Override
    protected void engineInitSign(PrivateKey privateKey) throws InvalidKeyException {
      key = own(privateKey);
      if (!key.getAlgorithm().equals(keyAlgorithm)) {
        throw new InvalidKeyException("not an " + keyAlgorithm + " key");
      }
      input.reset();
    }

    @Override
    protected void engineUpdate(byte b) {
      input.write(b);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int offset, int length) {
      input.write(bytes, offset, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
      try {
        key.hook.run();
        key.signatures.incrementAndGet();
        return key.signed.apply(sign(input.toByteArray()));
      } catch (SignatureException e) {
        throw e;
      } catch (GeneralSecurityException e) {
        throw new SignatureException(e);
      }
    }

    private byte[] sign(byte[] data) throws GeneralSecurityException {
      if (keyAlgorithm.equals("RSA")) {
        Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding", "SunJCE");
        cipher.init(Cipher.ENCRYPT_MODE, key.real);
        return cipher.doFinal(data);
      }
      Signature signature = Signature.getInstance("NONEwithECDSA", "SunEC");
      signature.initSign(key.real);
      signature.update(data);
      return signature.sign();
    }

    @Override
    protected boolean engineVerify(byte[] bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      throw new UnsupportedOperationException();
    }
  }

  static final class RsaCipher extends CipherSpi {
    private String padding = "PKCS1Padding";
    private TokenPrivateKey key;

    @Override
    protected void engineSetMode(String mode) {}

    @Override
    protected void engineSetPadding(String name) {
      padding = name;
    }

    @Override
    protected int engineGetBlockSize() {
      return 0;
    }

    @Override
    protected int engineGetOutputSize(int length) {
      return 1024;
    }

    @Override
    protected byte[] engineGetIV() {
      return null;
    }

    @Override
    protected AlgorithmParameters engineGetParameters() {
      return null;
    }

    @Override
    protected void engineInit(int mode, Key given, SecureRandom random) throws InvalidKeyException {
      key = own(given);
      if (mode != Cipher.DECRYPT_MODE || !key.paddings.contains(padding)) {
        throw new InvalidKeyException("the token does not do this");
      }
    }

    @Override
    protected void engineInit(
        int mode, Key given, AlgorithmParameterSpec parameters, SecureRandom random)
        throws InvalidKeyException {
      engineInit(mode, given, random);
    }

    @Override
    protected void engineInit(
        int mode, Key given, AlgorithmParameters parameters, SecureRandom random)
        throws InvalidKeyException {
      engineInit(mode, given, random);
    }

    @Override
    protected byte[] engineUpdate(byte[] input, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected int engineUpdate(byte[] input, int offset, int length, byte[] output, int at) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected byte[] engineDoFinal(byte[] input, int offset, int length)
        throws BadPaddingException {
      try {
        key.hook.run();
        key.decryptions.incrementAndGet();
        Cipher cipher = Cipher.getInstance("RSA/ECB/" + padding, "SunJCE");
        cipher.init(Cipher.DECRYPT_MODE, key.real);
        return cipher.doFinal(input, offset, length);
      } catch (BadPaddingException e) {
        throw e;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    protected int engineDoFinal(byte[] input, int offset, int length, byte[] output, int at) {
      throw new UnsupportedOperationException();
    }
  }
}
