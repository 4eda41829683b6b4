package io.github.mbedtls4j.provider.internal.rsa;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.provider.internal.key.Hashes;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/**
 * The digests and the label of OAEP.
 *
 * @param spec as the caller gave it, names and all
 */
record OaepSettings(OAEPParameterSpec spec, Hash hash, Hash maskHash) {
  /** The digests that padding names may have: those of the JDK. */
  private static final List<Hash> NAMED =
      List.of(
          Hash.MD5,
          Hash.SHA1,
          Hash.SHA224,
          Hash.SHA256,
          Hash.SHA384,
          Hash.SHA512,
          Hash.SHA512_224,
          Hash.SHA512_256);

  static final OaepSettings DEFAULT = of("SHA-1", Hash.SHA1);

  private static final String BEFORE = "OAEPWITH";
  private static final String AFTER = "ANDMGF1PADDING";

  private static OaepSettings of(String name, Hash hash) {
    // Whatever the padding's name says, SunJCE's mask is made with SHA-1.
    return new OaepSettings(
        new OAEPParameterSpec(name, "MGF1", MGF1ParameterSpec.SHA1, PSource.PSpecified.DEFAULT),
        hash,
        Hash.SHA1);
  }

  /** From the name of a padding. */
  static OaepSettings ofPadding(String padding) throws NoSuchPaddingException {
    String upper = padding.toUpperCase(Locale.ROOT);
    if (upper.equals("OAEPPADDING")) {
      return DEFAULT;
    }
    if (upper.length() > BEFORE.length() + AFTER.length() && upper.endsWith(AFTER)) {
      String name = upper.substring(BEFORE.length(), upper.length() - AFTER.length());
      for (Hash hash : NAMED) {
        if (hash.supported() && (hash.standardName().equals(name) || isSha1(hash, name))) {
          return of(name, hash);
        }
      }
    }
    throw new NoSuchPaddingException("Padding " + padding + " unavailable with RSA");
  }

  private static boolean isSha1(Hash hash, String name) {
    return hash == Hash.SHA1 && name.equals("SHA1");
  }

  /** The names of all paddings, as the service attribute lists them. */
  static String paddings() {
    return Stream.concat(
            NAMED.stream()
                .filter(Hash::supported)
                .flatMap(
                    hash ->
                        hash == Hash.SHA1
                            ? Stream.of("SHA1", "SHA-1")
                            : Stream.of(hash.standardName()))
                .map(name -> BEFORE + name + AFTER),
            Stream.of("NOPADDING", "PKCS1PADDING", "OAEPPADDING"))
        .collect(Collectors.joining("|"));
  }

  /** From parameters that the caller passes. */
  static OaepSettings of(AlgorithmParameterSpec params)
      throws InvalidAlgorithmParameterException, InvalidKeyException {
    if (!(params instanceof OAEPParameterSpec spec)) {
      throw new InvalidAlgorithmParameterException("Wrong Parameters for OAEP Padding");
    }
    if (!spec.getMGFAlgorithm().equalsIgnoreCase("MGF1")) {
      throw new InvalidAlgorithmParameterException(
          "Unsupported MGF algo: " + spec.getMGFAlgorithm());
    }
    if (!(spec.getMGFParameters() instanceof MGF1ParameterSpec mask)) {
      throw new InvalidAlgorithmParameterException("Unsupported MGF parameters");
    }
    if (!(spec.getPSource() instanceof PSource.PSpecified)) {
      throw new InvalidAlgorithmParameterException("Unsupported pSource algo");
    }
    return new OaepSettings(
        spec, digest(spec.getDigestAlgorithm()), digest(mask.getDigestAlgorithm()));
  }

  private static Hash digest(String name) throws InvalidKeyException {
    return Hashes.named(name)
        .orElseThrow(() -> new InvalidKeyException("Digest not available: " + name));
  }

  /** These digests, for a key whose user says nothing: a label of an earlier use is dropped. */
  OaepSettings withoutLabel() {
    return of(spec.getDigestAlgorithm(), hash);
  }

  RsaPadding padding(int length) throws InvalidKeyException {
    OaepPadding padding =
        new OaepPadding(
            length, hash, maskHash, ((PSource.PSpecified) spec.getPSource()).getValue());
    if (padding.maxData() <= 0) {
      throw new InvalidKeyException(
          "Key is too short for encryption using OAEPPadding with "
              + hash.standardName()
              + " and MGF1"
              + maskHash.standardName());
    }
    return padding;
  }
}
