package io.github.mbedtls4j.provider.internal.rsa;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.nativeloader.handle.Rng;
import io.github.mbedtls4j.provider.internal.key.Hashes;
import io.github.mbedtls4j.provider.internal.key.RsaUse;
import java.math.BigInteger;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Set;

/**
 * EMSA-PSS (RFC 8017 section 9.1): {@code masked(zeros 01 salt) hash bc}.
 *
 * @param spec as the caller gave it
 */
public record PssEncoding(PSSParameterSpec spec, Hash hash, Hash maskHash) {
  /** The digests that the JDK signs; any that the library has can make the mask. */
  public static final Set<Hash> SIGNING =
      Set.of(
          Hash.SHA1,
          Hash.SHA224,
          Hash.SHA256,
          Hash.SHA384,
          Hash.SHA512,
          Hash.SHA512_224,
          Hash.SHA512_256);

  private static final int ZEROS = 8;
  private static final int TRAILER = 0xBC;

  /** The encoding with one digest for everything and a salt of its length. */
  public static PssEncoding usual(Hash hash) {
    String name = hash.standardName();
    return new PssEncoding(
        new PSSParameterSpec(
            name,
            "MGF1",
            new MGF1ParameterSpec(name),
            hash.length(),
            PSSParameterSpec.TRAILER_FIELD_BC),
        hash,
        hash);
  }

  /** The encoding that parameters describe. */
  public static PssEncoding of(PSSParameterSpec spec) throws InvalidAlgorithmParameterException {
    if (!spec.getMGFAlgorithm().equalsIgnoreCase("MGF1")) {
      throw new InvalidAlgorithmParameterException("Only supports MGF1");
    }
    if (spec.getTrailerField() != PSSParameterSpec.TRAILER_FIELD_BC) {
      throw new InvalidAlgorithmParameterException("Only supports TrailerFieldBC(1)");
    }
    Hash hash = digest(spec.getDigestAlgorithm());
    if (!SIGNING.contains(hash)) {
      throw new InvalidAlgorithmParameterException(
          "Unsupported digest algo: " + spec.getDigestAlgorithm());
    }
    if (spec.getMGFParameters() == null) {
      return new PssEncoding(spec, hash, hash);
    }
    if (!(spec.getMGFParameters() instanceof MGF1ParameterSpec mask)) {
      throw new InvalidAlgorithmParameterException("Only supports MGF1ParameterSpec");
    }
    return new PssEncoding(spec, hash, digest(mask.getDigestAlgorithm()));
  }

  private static Hash digest(String name) throws InvalidAlgorithmParameterException {
    return Hashes.named(name)
        .orElseThrow(
            () -> new InvalidAlgorithmParameterException("Unsupported digest algorithm " + name));
  }

  /** Whether a key takes such signatures: its salt length is the least that it takes. */
  public boolean allowedBy(RsaUse use) {
    PSSParameterSpec wanted = use.params();
    if (wanted == null) {
      return true;
    }
    try {
      PssEncoding other = of(wanted);
      // As in the JDK, a mask digest that is left open is none that the key names.
      return spec.getMGFParameters() != null
          && other.hash == hash
          && other.maskHash == maskHash
          && wanted.getSaltLength() <= spec.getSaltLength();
    } catch (InvalidAlgorithmParameterException e) {
      return false;
    }
  }

  /** Refuses a modulus that is too short. */
  public void check(BigInteger modulus) throws InvalidKeyException {
    long needed = 2L + hash.length() + spec.getSaltLength();
    if ((modulus.bitLength() + 6) / 8 < needed) {
      throw new InvalidKeyException("Key is too short, need min " + needed + " bytes");
    }
  }

  /** The encoding of a digest in so many bits, with a fresh salt. */
  public byte[] encode(byte[] digest, int bits) {
    byte[] encoded = new byte[(bits + 7) / 8];
    byte[] salt = Rng.bytes(spec.getSaltLength());
    int hashAt = encoded.length - 1 - hash.length();
    encoded[hashAt - salt.length - 1] = 1;
    System.arraycopy(salt, 0, encoded, hashAt - salt.length, salt.length);
    System.arraycopy(saltedHash(digest, salt), 0, encoded, hashAt, hash.length());
    Mgf1.mask(maskHash, encoded, hashAt, hash.length(), 0, hashAt);
    encoded[0] &= topMask(encoded, bits);
    encoded[encoded.length - 1] = (byte) TRAILER;
    return encoded;
  }

  private byte[] saltedHash(byte[] digest, byte[] salt) {
    byte[] joined = new byte[ZEROS + digest.length + salt.length];
    System.arraycopy(digest, 0, joined, ZEROS, digest.length);
    System.arraycopy(salt, 0, joined, ZEROS + digest.length, salt.length);
    return hash.digest(joined, 0, joined.length);
  }

  /** The bits of the first byte that may be set. */
  private static byte topMask(byte[] encoded, int bits) {
    return (byte) (0xFF >> (8 * encoded.length - bits));
  }

  /** Whether this is an encoding of a digest; all of it is public. */
  public boolean verify(byte[] digest, byte[] encoded, int bits) {
    int hashAt = encoded.length - 1 - hash.length();
    int saltAt = hashAt - spec.getSaltLength();
    byte top = topMask(encoded, bits);
    if ((encoded[encoded.length - 1] & 0xFF) != TRAILER || (encoded[0] & ~top) != 0) {
      return false;
    }
    byte[] clear = encoded.clone();
    Mgf1.mask(maskHash, clear, hashAt, hash.length(), 0, hashAt);
    clear[0] &= top;
    for (int i = 0; i < saltAt - 1; i++) {
      if (clear[i] != 0) {
        return false;
      }
    }
    byte[] salt = Arrays.copyOfRange(clear, saltAt, hashAt);
    return clear[saltAt - 1] == 1
        && MessageDigest.isEqual(
            saltedHash(digest, salt), Arrays.copyOfRange(encoded, hashAt, hashAt + hash.length()));
  }
}
