package io.github.mbedtls4j.provider.internal.agreement;

import io.github.mbedtls4j.nativeloader.handle.MbedTlsException;
import io.github.mbedtls4j.nativeloader.handle.XdhCurve;
import io.github.mbedtls4j.provider.internal.JcaErrors;
import io.github.mbedtls4j.provider.internal.key.XdhCurves;
import io.github.mbedtls4j.provider.internal.key.XdhKeys;
import io.github.mbedtls4j.provider.internal.key.XdhPrivate;
import io.github.mbedtls4j.provider.internal.key.XdhPublic;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;

/** X25519 and X448 (RFC 7748). */
public final class XdhSpi extends AgreementBase {
  private final XdhCurve required;
  private XdhPrivate privateKey;

  /** An agreement on one curve, or on any if null. */
  public XdhSpi(XdhCurve required) {
    this.required = required;
  }

  @Override
  protected void engineInit(Key key, SecureRandom random) throws InvalidKeyException {
    forget();
    privateKey = null;
    if (!(key instanceof PrivateKey)) {
      throw new InvalidKeyException("Unsupported key type");
    }
    XdhPrivate next = XdhKeys.privateKey(key);
    XdhKeys.check(required, next.curve());
    privateKey = next;
  }

  @Override
  protected void engineInit(Key key, AlgorithmParameterSpec params, SecureRandom random)
      throws InvalidKeyException, InvalidAlgorithmParameterException {
    engineInit(key, random);
    if (params != null) {
      XdhCurve wanted =
          XdhCurves.of(params)
              .orElseThrow(
                  () ->
                      new InvalidAlgorithmParameterException("Unsupported parameters: " + params));
      if (wanted != privateKey.curve()) {
        throw new InvalidKeyException("Incorrect private key parameters");
      }
    }
  }

  @Override
  boolean initialised() {
    return privateKey != null;
  }

  @Override
  byte[] agree(Key key) throws InvalidKeyException {
    if (!(key instanceof PublicKey)) {
      throw new InvalidKeyException("Unsupported key type");
    }
    XdhPublic peer = XdhKeys.publicKey(key);
    if (peer.curve() != privateKey.curve()) {
      throw new InvalidKeyException("Public key parameters are not compatible with private key.");
    }
    try {
      return privateKey.agree(peer);
    } catch (MbedTlsException e) {
      throw JcaErrors.invalidKey("Point has small order", e);
    }
  }
}
