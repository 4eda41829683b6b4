package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Bignum;
import io.github.mbedtls4j.nativeloader.binding.Rsa;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * An RSA key: {@code mbedtls_rsa_context}. A private operation holds the context for its whole
 * duration and changes its blinding values: threads need copies.
 */
public final class RsaContext extends NativeHandle {
  /** The longest number that the library takes, {@code MBEDTLS_MPI_MAX_SIZE}, in bytes. */
  public static final int MAX_LENGTH = 1024;

  private static final int CRT_NUMBERS = 8;

  private RsaContext() {
    super(
        ContextType.RSA,
        ctx -> Rsa.mbedtls_rsa_init(ctx, Rsa.MBEDTLS_RSA_PKCS_V15, 0),
        Rsa::mbedtls_rsa_free);
  }

  /**
   * A public key.
   *
   * @param n the modulus, unsigned big-endian
   * @param e the public exponent, unsigned big-endian
   * @throws MbedTlsException if the numbers cannot be an RSA key
   */
  public static RsaContext ofPublic(byte[] n, byte[] e) {
    return checked(
        key -> {
          key.importNumbers(n, null, null, null, e);
          key.call("mbedtls_rsa_check_pubkey", Rsa::mbedtls_rsa_check_pubkey);
        });
  }

  /**
   * A private key. The primes may be null, in which case they are found from n, e and d.
   *
   * @throws MbedTlsException if the numbers do not belong together
   */
  public static RsaContext ofPrivate(byte[] n, byte[] p, byte[] q, byte[] d, byte[] e) {
    return checked(
        key -> {
          key.importNumbers(n, p, q, d, e);
          key.call("mbedtls_rsa_check_privkey", Rsa::mbedtls_rsa_check_privkey);
        });
  }

  /** Frees a key that does not pass at once, rather than when it is collected. */
  private static RsaContext checked(Consumer<RsaContext> setup) {
    RsaContext key = new RsaContext();
    boolean usable = false;
    try {
      setup.accept(key);
      usable = true;
      return key;
    } finally {
      if (!usable) {
        key.close();
      }
    }
  }

  private void importNumbers(byte[] n, byte[] p, byte[] q, byte[] d, byte[] e) {
    byte[][] parts = {n, p, q, d, e};
    int total = 0;
    for (byte[] part : parts) {
      total += part == null ? 0 : part.length;
    }
    try (NativeBuffer in = NativeBuffer.allocate(total)) {
      long[] at = new long[parts.length];
      long[] length = new long[parts.length];
      int used = 0;
      for (int i = 0; i < parts.length; i++) {
        if (parts[i] != null) {
          in.put(used, parts[i], 0, parts[i].length);
          at[i] = in.address() + used;
          length[i] = parts[i].length;
          used += parts[i].length;
        }
      }
      call(
          "mbedtls_rsa_import_raw",
          ctx ->
              Rsa.mbedtls_rsa_import_raw(
                  ctx, at[0], length[0], at[1], length[1], at[2], length[2], at[3], length[3],
                  at[4], length[4]));
    }
    call("mbedtls_rsa_complete", Rsa::mbedtls_rsa_complete);
  }

  /** A second key with the same numbers: neither derived nor checked again. */
  public RsaContext copy() {
    return checked(
        copy ->
            copy.call(
                "mbedtls_rsa_copy",
                target -> call("mbedtls_rsa_copy", ctx -> Rsa.mbedtls_rsa_copy(target, ctx))));
  }

  /**
   * A new key pair.
   *
   * @param bits of the modulus: even and at least 128
   * @param exponent odd and at least 3
   */
  public static RsaContext generate(int bits, int exponent) {
    return checked(
        key ->
            key.call(
                "mbedtls_rsa_gen_key",
                ctx ->
                    Rng.lend(rng -> Rsa.mbedtls_rsa_gen_key(ctx, Rng.F_RNG, rng, bits, exponent))));
  }

  /** The numbers n, e, d, p, q, d mod p-1, d mod q-1, 1/q mod p of a private key. */
  public List<byte[]> numbers() {
    long size = (long) CRT_NUMBERS * ContextType.MPI.size();
    try (NativeBuffer mpis = NativeBuffer.allocate((int) size)) {
      long first = mpis.address();
      long[] at = new long[CRT_NUMBERS];
      for (int i = 0; i < CRT_NUMBERS; i++) {
        at[i] = MpiBlock.at(first, i);
      }
      MpiBlock.each(first, CRT_NUMBERS, Bignum::mbedtls_mpi_init);
      try {
        call(
            "mbedtls_rsa_export",
            ctx -> Rsa.mbedtls_rsa_export(ctx, at[0], at[3], at[4], at[2], at[1]));
        call("mbedtls_rsa_export_crt", ctx -> Rsa.mbedtls_rsa_export_crt(ctx, at[5], at[6], at[7]));
        return Arrays.stream(at).mapToObj(MpiBlock::write).toList();
      } finally {
        MpiBlock.each(first, CRT_NUMBERS, Bignum::mbedtls_mpi_free);
      }
    }
  }

  /**
   * RSASSA-PKCS1-v1_5 (RFC 8017 section 8.2).
   *
   * @param hash null to sign {@code digest} without a DigestInfo around it
   * @param length of the modulus in bytes
   */
  public byte[] signPkcs1(Hash hash, byte[] digest, int length) {
    try (NativeBuffer in = NativeBuffer.of(digest);
        NativeBuffer out = NativeBuffer.allocate(length)) {
      call(
          "mbedtls_rsa_rsassa_pkcs1_v15_sign",
          ctx ->
              Rng.lend(
                  rng ->
                      Rsa.mbedtls_rsa_rsassa_pkcs1_v15_sign(
                          ctx,
                          Rng.F_RNG,
                          rng,
                          Rsa.MBEDTLS_RSA_PRIVATE,
                          mdType(hash),
                          digest.length,
                          in.address(),
                          out.address())));
      return out.bytes(0, length);
    }
  }

  /**
   * Verifies a signature of {@link #signPkcs1}.
   *
   * @param signature as long as the modulus
   * @return false if it is wrong
   */
  public boolean verifyPkcs1(Hash hash, byte[] digest, byte[] signature) {
    int[] result = new int[1];
    try (NativeBuffer in = NativeBuffer.of(digest);
        NativeBuffer sig = NativeBuffer.of(signature)) {
      call(
          "mbedtls_rsa_rsassa_pkcs1_v15_verify",
          ctx -> {
            result[0] =
                Rsa.mbedtls_rsa_rsassa_pkcs1_v15_verify(
                    ctx,
                    0,
                    0,
                    Rsa.MBEDTLS_RSA_PUBLIC,
                    mdType(hash),
                    digest.length,
                    in.address(),
                    sig.address());
            return wrongSignature(result[0]) ? 0 : result[0];
          });
    }
    return result[0] == 0;
  }

  /**
   * The bare operation with the public key.
   *
   * @param number below the modulus and as long as it
   */
  public byte[] publicPower(byte[] number) {
    try (NativeBuffer in = NativeBuffer.of(number);
        NativeBuffer out = NativeBuffer.allocate(number.length)) {
      call("mbedtls_rsa_public", ctx -> Rsa.mbedtls_rsa_public(ctx, in.address(), out.address()));
      return out.bytes(0, number.length);
    }
  }

  /**
   * The bare operation with the private key, blinded, its result checked with the public key.
   *
   * @param number below the modulus and as long as it
   */
  public byte[] privatePower(byte[] number) {
    try (NativeBuffer in = NativeBuffer.of(number);
        NativeBuffer out = NativeBuffer.allocate(number.length)) {
      call(
          "mbedtls_rsa_private",
          ctx ->
              Rng.lend(
                  rng ->
                      Rsa.mbedtls_rsa_private(ctx, Rng.F_RNG, rng, in.address(), out.address())));
      return out.bytes(0, number.length);
    }
  }

  /** How the library says that the number under the signature is not what it should be. */
  private static boolean wrongSignature(int code) {
    return code == Rsa.MBEDTLS_ERR_RSA_VERIFY_FAILED
        || code == Rsa.MBEDTLS_ERR_RSA_INVALID_PADDING
        // A signature that is not below the modulus.
        || code == Rsa.MBEDTLS_ERR_RSA_PUBLIC_FAILED + Bignum.MBEDTLS_ERR_MPI_BAD_INPUT_DATA;
  }

  private static int mdType(Hash hash) {
    return hash == null ? 0 : hash.mdType();
  }
}
