package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.CtrDrbg;
import io.github.mbedtls4j.nativeloader.binding.Entropy;
import io.github.mbedtls4j.nativeloader.binding.HmacDrbg;
import io.github.mbedtls4j.nativeloader.binding.LoadedLibrary;

/**
 * A deterministic random bit generator (NIST SP 800-90A) of its own, with an entropy collector of
 * its own, for callers that personalise it or ask for reseeding. Others share {@link Rng}.
 */
public final class Drbg extends NativeHandle {
  /** How it works inside; both have a security strength of 256 bits. */
  public enum Mechanism {
    /** CTR_DRBG with AES-256 and derivation function. */
    CTR(ContextType.CTR_DRBG),
    /** HMAC_DRBG with SHA-256. */
    HMAC(ContextType.HMAC_DRBG);

    private final ContextType context;

    Mechanism(ContextType context) {
      this.context = context;
    }

    /** Whether the loaded library has it. */
    public boolean supported() {
      return context.size() > 0 && Hash.SHA256.supported();
    }

    private long entropyAt() {
      return context.size() + 15L & -16;
    }
  }

  /** The security strength in bits. */
  public static final int STRENGTH = 256;

  private static final long F_ENTROPY = LoadedLibrary.address("mbedtls_entropy_func");

  /** The library takes up to 256 bytes together with the entropy of a seed. */
  private static final int MAX_INPUT = 128;

  /** {@code MBEDTLS_CTR_DRBG_MAX_REQUEST} and {@code MBEDTLS_HMAC_DRBG_MAX_REQUEST}. */
  private static final int MAX_REQUEST = 1024;

  private final Mechanism mechanism;

  /** A generator seeded by the system; the personalization string may be empty. */
  public Drbg(Mechanism mechanism, byte[] personalization) {
    super(
        mechanism.entropyAt() + ContextType.ENTROPY.size(),
        ctx -> {
          switch (mechanism) {
            case CTR -> CtrDrbg.mbedtls_ctr_drbg_init(ctx);
            case HMAC -> HmacDrbg.mbedtls_hmac_drbg_init(ctx);
          }
          Entropy.mbedtls_entropy_init(ctx + mechanism.entropyAt());
        },
        ctx -> {
          switch (mechanism) {
            case CTR -> CtrDrbg.mbedtls_ctr_drbg_free(ctx);
            case HMAC -> HmacDrbg.mbedtls_hmac_drbg_free(ctx);
          }
          Entropy.mbedtls_entropy_free(ctx + mechanism.entropyAt());
        });
    this.mechanism = mechanism;
    try (NativeBuffer custom = input(personalization)) {
      long length = custom.size();
      call(
          "mbedtls_drbg_seed",
          ctx ->
              switch (mechanism) {
                case CTR ->
                    CtrDrbg.mbedtls_ctr_drbg_seed(
                        ctx, F_ENTROPY, ctx + mechanism.entropyAt(), custom.address(), length);
                case HMAC ->
                    HmacDrbg.mbedtls_hmac_drbg_seed(
                        ctx,
                        Hash.SHA256.info(),
                        F_ENTROPY,
                        ctx + mechanism.entropyAt(),
                        custom.address(),
                        length);
              });
    }
  }

  /** Input that the library would find too long is digested first. */
  private static NativeBuffer input(byte[] data) {
    return NativeBuffer.of(
        data.length <= MAX_INPUT ? data : Hash.SHA256.digest(data, 0, data.length));
  }

  /** Reseeds from the system, with additional input, which may be empty. */
  public synchronized void reseed(byte[] additional) {
    try (NativeBuffer in = input(additional)) {
      long length = in.size();
      call(
          "mbedtls_drbg_reseed",
          ctx ->
              switch (mechanism) {
                case CTR -> CtrDrbg.mbedtls_ctr_drbg_reseed(ctx, in.address(), length);
                case HMAC -> HmacDrbg.mbedtls_hmac_drbg_reseed(ctx, in.address(), length);
              });
    }
  }

  /**
   * Fills an array.
   *
   * @param additional input to every request, may be empty
   * @param predictionResistance whether to reseed before each request
   */
  public synchronized void random(byte[] target, byte[] additional, boolean predictionResistance) {
    try (NativeBuffer in = input(additional);
        NativeBuffer out = NativeBuffer.allocate(Math.min(MAX_REQUEST, target.length))) {
      int at = 0;
      while (at < target.length) {
        int size = Math.min(MAX_REQUEST, target.length - at);
        if (predictionResistance) {
          reseed(additional);
        }
        // The reseeding has taken the input in.
        request(out, size, in, predictionResistance ? 0 : in.size());
        out.get(0, target, at, size);
        at += size;
      }
    }
  }

  private void request(NativeBuffer out, int size, NativeBuffer in, int length) {
    call(
        "mbedtls_drbg_random_with_add",
        ctx ->
            switch (mechanism) {
              case CTR ->
                  CtrDrbg.mbedtls_ctr_drbg_random_with_add(
                      ctx, out.address(), size, in.address(), length);
              case HMAC ->
                  HmacDrbg.mbedtls_hmac_drbg_random_with_add(
                      ctx, out.address(), size, in.address(), length);
            });
  }
}
