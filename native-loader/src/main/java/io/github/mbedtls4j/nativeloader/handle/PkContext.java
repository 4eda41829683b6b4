package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.nativeloader.binding.Pk;
import io.github.mbedtls4j.nativeloader.binding.PkRsaAlt;
import java.util.function.LongConsumer;

/**
 * A private key for TLS: {@code mbedtls_pk_context}. It serves one thread at a time, also inside
 * connections.
 */
public final class PkContext extends NativeHandle {
  /** What Java signs with in the place of C; null if the key itself is here. */
  private final OpaqueKey opaque;

  private PkContext(OpaqueKey opaque, LongConsumer free) {
    super(ContextType.PK, Pk::mbedtls_pk_init, free);
    this.opaque = opaque;
  }

  /**
   * Parses a private key.
   *
   * @param pkcs8 an unencrypted PKCS#8 PrivateKeyInfo
   * @throws MbedTlsException if it cannot be parsed
   */
  public PkContext(byte[] pkcs8) {
    this(null, Pk::mbedtls_pk_free);
    try (NativeBuffer key = NativeBuffer.of(pkcs8)) {
      call(
          "mbedtls_pk_parse_key",
          ctx -> Pk.mbedtls_pk_parse_key(ctx, key.address(), pkcs8.length, 0, 0));
    }
    setUp(EcKeyTable::makeDirect);
  }

  /** A context with a key that has no value yet. */
  static PkContext empty(long info) {
    PkContext context = new PkContext(null, Pk::mbedtls_pk_free);
    context.call("mbedtls_pk_setup", pk -> Pk.mbedtls_pk_setup(pk, info));
    return context;
  }

  /**
   * An RSA key that Java signs and decrypts with.
   *
   * @param length of the modulus in bytes, at most {@link RsaContext#MAX_LENGTH}
   * @throws UnsupportedOperationException if the library was built without such keys
   */
  public static PkContext opaqueRsa(int length, PrivateOperations operations) {
    if (!MbedTls.hasFunction("mbedtls_pk_setup_rsa_alt")) {
      throw new UnsupportedOperationException("this Mbed TLS library takes no RSA keys of others");
    }
    if (length > RsaContext.MAX_LENGTH) {
      throw new UnsupportedOperationException("Mbed TLS takes RSA keys of up to 8192 bits");
    }
    PkContext context =
        new PkContext(
            new OpaqueKey(operations, length),
            pk -> {
              OpaqueKey.unregister(pk);
              Pk.mbedtls_pk_free(pk);
            });
    context.setUp(context.opaque::register);
    context.call(
        "mbedtls_pk_setup_rsa_alt",
        pk ->
            PkRsaAlt.mbedtls_pk_setup_rsa_alt(
                pk, pk, OpaqueKey.RSA_DECRYPT, OpaqueKey.RSA_SIGN, OpaqueKey.RSA_KEY_LEN));
    return context;
  }

  /**
   * An EC key that Java signs with.
   *
   * @param publicKey a SubjectPublicKeyInfo
   * @param length of the order of the curve in bytes
   * @throws MbedTlsException if the public key cannot be parsed
   * @throws UnsupportedOperationException if the library is not one that such keys can be made for
   */
  public static PkContext opaqueEc(byte[] publicKey, int length, PrivateOperations operations) {
    if (!EcKeyTable.supported()) {
      throw new UnsupportedOperationException("this Mbed TLS library takes no EC keys of others");
    }
    PkContext context =
        new PkContext(
            // A sequence and two integers, each with a tag, up to two bytes of length and a zero.
            new OpaqueKey(operations, 3 + 2 * (3 + 1 + length)),
            pk -> {
              OpaqueKey.unregister(EcKeyTable.key(pk));
              Pk.mbedtls_pk_free(pk);
            });
    try (NativeBuffer key = NativeBuffer.of(publicKey)) {
      context.call(
          "mbedtls_pk_parse_public_key",
          pk -> Pk.mbedtls_pk_parse_public_key(pk, key.address(), publicKey.length));
      context.setUp(pk -> context.opaque.register(EcKeyTable.makeOpaque(pk)));
      return context;
    } catch (MbedTlsException e) {
      context.close();
      throw e;
    }
  }

  private void setUp(LongConsumer step) {
    status(
        pk -> {
          step.accept(pk);
          return 0;
        });
  }

  /** What the first private operation that failed threw; null if Java has no part in them. */
  public Throwable failure() {
    return opaque == null ? null : opaque.failure();
  }
}
