package io.github.mbedtls4j.jsse;

import io.github.mbedtls4j.jsse.TestPki.Identity;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A provider of keys that nobody else can use, like those in a token. */
final class TestToken extends Provider {
  static final TestToken PROVIDER = new TestToken();

  private static final long serialVersionUID = 1L;

  private TestToken() {
    super("TestToken", "1", "keys without an encoding");
    serve("Signature", "NONEwithRSA", () -> new TestTokenSpis.RawSignature("RSA"));
    serve("Signature", "NONEwithECDSA", () -> new TestTokenSpis.RawSignature("EC"));
    serve("Cipher", "RSA", TestTokenSpis.RsaCipher::new);
  }

  private void serve(String type, String algorithm, Supplier<Object> spi) {
    putService(
        new Service(this, type, algorithm, Object.class.getName(), null, null) {
          @Override
          public Object newInstance(Object parameter) {
            return spi.get();
          }
        });
  }

  /** The same identity with a key of the token; a fresh one for each call. */
  static Identity hide(Identity identity) {
    return new Identity(new TokenPrivateKey(identity.key), identity.chain);
  }

  /** The key of a hidden identity. */
  static TokenPrivateKey key(Identity hidden) {
    return (TokenPrivateKey) hidden.key;
  }

  /** What a test may do before the token works. */
  interface Hook {
    void run() throws GeneralSecurityException;
  }

  /** A key without an encoding, which counts its operations. */
  static final class TokenPrivateKey implements PrivateKey {
    private static final long serialVersionUID = 1L;

    final transient AtomicInteger signatures = new AtomicInteger();
    final transient AtomicInteger decryptions = new AtomicInteger();
    final transient PrivateKey real;
    transient volatile Hook hook = () -> {};

    /** What becomes of a signature. */
    transient volatile UnaryOperator<byte[]> signed = bytes -> bytes;

    /** Says that there is an encoding, and throws when asked for it. */
    transient volatile boolean evasive;

    transient volatile Set<String> paddings = Set.of("NoPadding", "PKCS1Padding");

    TokenPrivateKey(PrivateKey real) {
      this.real = real;
    }

    @Override
    public String getAlgorithm() {
      return real.getAlgorithm();
    }

    @Override
    public String getFormat() {
      return evasive ? "PKCS#8" : null;
    }

    @Override
    public byte[] getEncoded() {
      if (evasive) {
        throw new UnsupportedOperationException("not exportable");
      }
      return null;
    }
  }
}
