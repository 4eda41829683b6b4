package io.github.mbedtls4j.provider.internal.agreement;

import io.github.mbedtls4j.nativeloader.handle.MbedTlsException;
import io.github.mbedtls4j.provider.internal.JcaErrors;
import io.github.mbedtls4j.provider.internal.key.EcPrivate;
import io.github.mbedtls4j.provider.internal.key.EcPublic;
import io.github.mbedtls4j.provider.internal.key.Keys;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;

/** ECDH (NIST SP 800-56A) between two parties. */
public final class EcdhSpi extends AgreementBase {
  private EcPrivate privateKey;

  @Override
  protected void engineInit(Key key, SecureRandom random) throws InvalidKeyException {
    if (!(key instanceof PrivateKey)) {
      throw new InvalidKeyException("Key must be instance of PrivateKey");
    }
    forget();
    privateKey = null;
    privateKey = Keys.ecPrivate(key);
  }

  @Override
  protected void engineInit(Key key, AlgorithmParameterSpec params, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    if (params != null) {
      throw new InvalidAlgorithmParameterException("Parameters not supported");
    }
    engineInit(key, random);
  }

  @Override
  boolean initialised() {
    return privateKey != null;
  }

  @Override
  byte[] agree(Key key) throws InvalidKeyException {
    if (!(key instanceof PublicKey)) {
      throw new InvalidKeyException("Key must be a PublicKey with algorithm EC");
    }
    EcPublic peer = Keys.ecPublic(key);
    if (peer.curve() != privateKey.curve()) {
      throw new InvalidKeyException(
          "Public key is on curve "
              + peer.curve().standardName()
              + ", the private key is on "
              + privateKey.curve().standardName());
    }
    try {
      return privateKey.agree(peer);
    } catch (MbedTlsException e) {
      throw JcaErrors.invalidKey("No secret can be agreed on with this key", e);
    }
  }
}
