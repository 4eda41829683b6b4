package io.github.mbedtls4j.provider.internal.random;

import io.github.mbedtls4j.nativeloader.handle.Drbg;
import io.github.mbedtls4j.nativeloader.handle.Rng;
import java.security.DrbgParameters;
import java.security.DrbgParameters.Capability;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandomParameters;
import java.security.SecureRandomSpi;

/**
 * A generator that takes {@link DrbgParameters}. It can always be reseeded, and offers prediction
 * resistance if it was asked for. Threads may share an object.
 */
public final class DrbgSpi extends SecureRandomSpi {
  private static final long serialVersionUID = 1L;
  private static final byte[] NOTHING = {};

  private final Drbg.Mechanism mechanism;
  private final int strength;
  private final boolean predictionResistance;

  /** Null if there is none. */
  private final byte[] personalization;

  /** Made at first use, and anew with a seed of its own after deserialisation. */
  private transient Drbg generator;

  private DrbgSpi(Drbg.Mechanism mechanism, DrbgParameters.Instantiation parameters) {
    this.mechanism = mechanism;
    int asked = parameters.getStrength();
    if (asked > Drbg.STRENGTH) {
      throw new IllegalArgumentException("strength too big: " + asked);
    }
    strength = asked < 0 ? Drbg.STRENGTH : asked;
    predictionResistance = parameters.getCapability() == Capability.PR_AND_RESEED;
    personalization = parameters.getPersonalizationString();
  }

  /**
   * A generator.
   *
   * @param parameters a {@link DrbgParameters.Instantiation}, or null
   * @throws NoSuchAlgorithmException caused by an {@link IllegalArgumentException} if they are
   *     something else or ask for too much, as SUN's
   */
  public static DrbgSpi of(Drbg.Mechanism mechanism, Object parameters)
      throws NoSuchAlgorithmException {
    try {
      return new DrbgSpi(mechanism, instantiation(parameters));
    } catch (IllegalArgumentException e) {
      throw new NoSuchAlgorithmException(e.getMessage(), e);
    }
  }

  private static DrbgParameters.Instantiation instantiation(Object parameters) {
    if (parameters == null) {
      return DrbgParameters.instantiation(-1, Capability.RESEED_ONLY, null);
    }
    if (parameters instanceof DrbgParameters.Instantiation instantiation) {
      return instantiation;
    }
    throw new IllegalArgumentException("Unsupported params: " + parameters.getClass());
  }

  private synchronized Drbg generator() {
    if (generator == null) {
      generator = new Drbg(mechanism, orEmpty(personalization));
    }
    return generator;
  }

  private static byte[] orEmpty(byte[] bytes) {
    return bytes == null ? NOTHING : bytes;
  }

  @Override
  protected void engineSetSeed(byte[] seed) {
    generator().reseed(seed);
  }

  @Override
  protected byte[] engineGenerateSeed(int length) {
    if (length < 0) {
      throw new IllegalArgumentException("a seed cannot have " + length + " bytes");
    }
    return Rng.seed(length);
  }

  @Override
  protected void engineNextBytes(byte[] bytes) {
    generator().random(bytes, NOTHING, false);
  }

  @Override
  protected void engineNextBytes(byte[] bytes, SecureRandomParameters parameters) {
    if (!(parameters instanceof DrbgParameters.NextBytes next)) {
      throw unknown(parameters);
    }
    if (next.getStrength() > strength) {
      throw new IllegalArgumentException("strength too high: " + next.getStrength());
    }
    checkPredictionResistance(next.getPredictionResistance());
    generator().random(bytes, orEmpty(next.getAdditionalInput()), next.getPredictionResistance());
  }

  @Override
  protected void engineReseed(SecureRandomParameters parameters) {
    byte[] additional = NOTHING;
    if (parameters != null) {
      if (!(parameters instanceof DrbgParameters.Reseed reseed)) {
        throw unknown(parameters);
      }
      checkPredictionResistance(reseed.getPredictionResistance());
      additional = orEmpty(reseed.getAdditionalInput());
    }
    generator().reseed(additional);
  }

  private static IllegalArgumentException unknown(SecureRandomParameters parameters) {
    return new IllegalArgumentException("unknown params type: " + parameters.getClass());
  }

  private void checkPredictionResistance(boolean wanted) {
    if (wanted && !predictionResistance) {
      throw new IllegalArgumentException("pr not available");
    }
  }

  @Override
  protected SecureRandomParameters engineGetParameters() {
    return DrbgParameters.instantiation(
        strength,
        predictionResistance ? Capability.PR_AND_RESEED : Capability.RESEED_ONLY,
        personalization);
  }

  @Override
  public String toString() {
    return mechanism
        + "_DRBG,"
        + strength
        + ","
        + (predictionResistance ? Capability.PR_AND_RESEED : Capability.RESEED_ONLY);
  }
}
