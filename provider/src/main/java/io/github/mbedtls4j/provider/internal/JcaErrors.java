package io.github.mbedtls4j.provider.internal;

import io.github.mbedtls4j.nativeloader.handle.MbedTlsException;
import java.security.InvalidKeyException;
import java.security.SignatureException;

/** What native errors become in the JCA: checked exceptions with the native one as their cause. */
public final class JcaErrors {
  private JcaErrors() {}

  /** The library refuses a key. */
  public static InvalidKeyException invalidKey(String what, MbedTlsException cause) {
    return new InvalidKeyException(what + ": " + cause.getMessage(), cause);
  }

  /** The library fails to sign or to verify, which says nothing about the signature. */
  public static SignatureException signature(String what, MbedTlsException cause) {
    return new SignatureException(what + ": " + cause.getMessage(), cause);
  }
}
