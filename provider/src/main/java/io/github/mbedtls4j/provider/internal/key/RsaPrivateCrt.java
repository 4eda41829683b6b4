package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.RsaContext;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.List;

/** An RSA private key with the numbers for the Chinese remainder theorem. */
public final class RsaPrivateCrt extends RsaPrivate implements RSAPrivateCrtKey {
  private static final long serialVersionUID = 1L;

  /** In the order of {@code RSAPrivateKey}: n, e, d, p, q, dP, dQ, qInv. */
  private final transient List<BigInteger> numbers;

  private RsaPrivateCrt(RsaUse use, List<BigInteger> numbers) {
    super(
        use,
        numbers.get(0),
        numbers.get(2),
        RsaCodec.encodePrivate(use, numbers.toArray(BigInteger[]::new)));
    this.numbers = numbers;
  }

  /** From n, e, d, p, q, dP, dQ, qInv. */
  static RsaPrivateCrt of(RsaUse use, List<BigInteger> numbers) throws InvalidKeyException {
    BigInteger n = numbers.get(0);
    RsaCodec.checkModulus(n);
    RsaCodec.checkExponent(n, numbers.get(1));
    RsaCodec.checkSecrets(n, numbers.subList(2, numbers.size()));
    return new RsaPrivateCrt(use, List.copyOf(numbers));
  }

  @Override
  RsaContext open() {
    return RsaContext.ofPrivate(bytes(0), bytes(3), bytes(4), bytes(2), bytes(1));
  }

  private byte[] bytes(int index) {
    return Unsigned.bytes(numbers.get(index));
  }

  @Override
  public BigInteger getPublicExponent() {
    return numbers.get(1);
  }

  @Override
  public BigInteger getPrimeP() {
    return numbers.get(3);
  }

  @Override
  public BigInteger getPrimeQ() {
    return numbers.get(4);
  }

  @Override
  public BigInteger getPrimeExponentP() {
    return numbers.get(5);
  }

  @Override
  public BigInteger getPrimeExponentQ() {
    return numbers.get(6);
  }

  @Override
  public BigInteger getCrtCoefficient() {
    return numbers.get(7);
  }
}
