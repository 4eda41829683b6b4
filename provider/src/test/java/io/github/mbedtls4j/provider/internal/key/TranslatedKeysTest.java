package io.github.mbedtls4j.provider.internal.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.mbedtls4j.provider.MbedTlsProvider;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TranslatedKeysTest {
  /** A key that can be destroyed; records are equal by value. */
  private record Destroyable(RSAPrivateKey key, AtomicBoolean destroyed) implements RSAPrivateKey {

    @Override
    public BigInteger getModulus() {
      return key.getModulus();
    }

    @Override
    public BigInteger getPrivateExponent() {
      return key.getPrivateExponent();
    }

    @Override
    public String getAlgorithm() {
      return "RSA";
    }

    @Override
    public String getFormat() {
      return null;
    }

    @Override
    public byte[] getEncoded() {
      return null;
    }

    @Override
    public void destroy() {
      destroyed.set(true);
    }

    @Override
    public boolean isDestroyed() {
      return destroyed.get();
    }
  }

  private static Destroyable key() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", new MbedTlsProvider());
    generator.initialize(512);
    return new Destroyable(
        (RSAPrivateKey) generator.generateKeyPair().getPrivate(), new AtomicBoolean());
  }

  @Test
  void remembersObjectsAndNotEqualOnes() throws Exception {
    Destroyable key = key();
    Destroyable equal = new Destroyable(key.key(), key.destroyed());
    assertEquals(key, equal);
    TranslatedKeys<String> keys = new TranslatedKeys<>();
    keys.put(key, "ours");
    assertEquals("ours", keys.get(key));
    assertNull(keys.get(equal));
    keys.remove(key);
    assertNull(keys.get(key));
  }

  @Test
  void destroyedKeysAreForgotten() throws Exception {
    Destroyable key = key();
    RsaPrivate ours = Keys.rsaPrivate(key);
    assertSame(ours, Keys.rsaPrivate(key));
    key.destroy();
    assertThrows(InvalidKeyException.class, () -> Keys.rsaPrivate(key));
  }
}
