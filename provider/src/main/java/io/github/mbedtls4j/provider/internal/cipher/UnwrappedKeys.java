package io.github.mbedtls4j.provider.internal.cipher;

import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyFactorySpi;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** Makes keys from the encodings that {@link Cipher#unwrap} recovers. */
public final class UnwrappedKeys {
  private UnwrappedKeys() {}

  /**
   * A key from its encoding.
   *
   * @param own the provider whose key factories are asked first
   * @param type a key type of {@link Cipher}
   */
  public static Key of(Provider own, byte[] encoding, String algorithm, int type)
      throws InvalidKeyException, NoSuchAlgorithmException {
    return switch (type) {
      case Cipher.SECRET_KEY -> new SecretKeySpec(encoding, algorithm);
      case Cipher.PRIVATE_KEY, Cipher.PUBLIC_KEY -> byFactory(own, encoding, algorithm, type);
      default -> throw new NoSuchAlgorithmException("Unsupported key type");
    };
  }

  private static Key byFactory(Provider own, byte[] encoding, String algorithm, int type)
      throws InvalidKeyException, NoSuchAlgorithmException {
    // Ours need not be installed; if it is, a refused key is refused twice.
    List<Provider> providers = new ArrayList<>(List.of(own));
    Collections.addAll(providers, Security.getProviders());
    InvalidKeySpecException refusal = null;
    for (Provider provider : providers) {
      Provider.Service service = provider.getService("KeyFactory", algorithm);
      if (service == null) {
        continue;
      }
      try {
        KeyFactory factory = new Factory(service, algorithm);
        return type == Cipher.PRIVATE_KEY
            ? factory.generatePrivate(new PKCS8EncodedKeySpec(encoding))
            : factory.generatePublic(new X509EncodedKeySpec(encoding));
      } catch (InvalidKeySpecException e) {
        refusal = e;
      }
    }
    if (refusal == null) {
      throw new NoSuchAlgorithmException(
          "No installed providers can create keys for the " + algorithm + " algorithm");
    }
    throw new InvalidKeyException(
        type == Cipher.PRIVATE_KEY ? "Cannot construct private key" : "Cannot construct public key",
        refusal);
  }

  /** A factory of one provider, made without a look-up by name, which could end up here again. */
  private static final class Factory extends KeyFactory {
    Factory(Provider.Service service, String algorithm) throws NoSuchAlgorithmException {
      super((KeyFactorySpi) service.newInstance(null), service.getProvider(), algorithm);
    }
  }
}
