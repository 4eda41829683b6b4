package io.github.mbedtls4j.provider.internal.signature;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.provider.internal.digest.MessageInput;
import io.github.mbedtls4j.provider.internal.digest.RunningDigest;
import java.security.SignatureException;
import java.security.SignatureSpi;

/**
 * What signatures have in common: the message and the parameters by name, which there are none of.
 */
abstract class SignatureBase extends SignatureSpi {
  private final MessageInput message;

  /**
   * A signature of a digest.
   *
   * @param hash null if the caller passes digests
   * @param rawLimit the longest digest that a caller may pass
   */
  SignatureBase(Hash hash, int rawLimit) {
    message = hash == null ? new RawInput(rawLimit) : new RunningDigest(hash);
  }

  /** Begins the next message. */
  final void resetMessage() {
    message.reset();
  }

  /** Ends the message and returns its digest. */
  final byte[] finishMessage() throws SignatureException {
    if (message instanceof RawInput raw && raw.isTooLong()) {
      message.reset();
      throw new SignatureException("Message digest is too long");
    }
    return message.finish();
  }

  @Override
  protected final void engineUpdate(byte input) {
    message.update(input);
  }

  @Override
  protected final void engineUpdate(byte[] input, int offset, int length) {
    message.update(input, offset, length);
  }

  @Override
  @Deprecated
  protected final void engineSetParameter(String name, Object value) {
    throw new UnsupportedOperationException("setParameter() not supported");
  }

  @Override
  @Deprecated
  protected final Object engineGetParameter(String name) {
    throw new UnsupportedOperationException("getParameter() not supported");
  }
}
