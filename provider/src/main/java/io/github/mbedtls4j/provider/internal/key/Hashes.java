package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Digests by the names and identifiers that parameters of RSA give them. */
public final class Hashes {
  private static final String MGF1 = "1.2.840.113549.1.1.8";

  /** Digests that Mbed TLS does not have: parameters that name them are for other providers. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "SHA3-224", "2.16.840.1.101.3.4.2.7",
          "SHA3-256", "2.16.840.1.101.3.4.2.8",
          "SHA3-384", "2.16.840.1.101.3.4.2.9",
          "SHA3-512", "2.16.840.1.101.3.4.2.10");

  private Hashes() {}

  /** A digest that the library has, by its name or an alias. */
  public static Optional<Hash> named(String name) {
    if (name == null) {
      return Optional.empty();
    }
    String upper = name.toUpperCase(Locale.ROOT);
    return upper.equals("SHA")
        ? find(hash -> hash == Hash.SHA1)
        : find(hash -> hash.standardName().equals(upper) || hash.compactName().equals(upper));
  }

  private static Optional<Hash> find(Predicate<Hash> wanted) {
    return Arrays.stream(Hash.values()).filter(wanted.and(Hash::supported)).findAny();
  }

  /** The AlgorithmIdentifier of a digest's object identifier. */
  public static byte[] encode(String oid) {
    return Der.sequence(Der.oid(oid), Der.nul());
  }

  /** The DigestInfo of a digest (RFC 8017 appendix A.2.4). */
  public static byte[] digestInfo(Hash hash, byte[] digest) {
    return Der.sequence(encode(hash.oid()), Der.octetString(digest));
  }

  /** The name of the digest of an AlgorithmIdentifier. */
  private static String decode(DerReader reader) throws IOException {
    DerReader algorithm = reader.enter(Der.SEQUENCE);
    String oid = algorithm.oid();
    algorithm.skip(Der.NULL);
    algorithm.end();
    return find(hash -> hash.oid().equals(oid))
        .map(Hash::standardName)
        .or(() -> other(entry -> entry.getValue().equals(oid)).map(Map.Entry::getKey))
        .orElseThrow(() -> new IOException("no digest is known for " + oid));
  }

  private static Optional<Map.Entry<String, String>> other(
      Predicate<Map.Entry<String, String>> wanted) {
    return OTHERS.entrySet().stream().filter(wanted).findAny();
  }

  /** The object identifier of a digest by its name. */
  public static String oid(String name) throws IOException {
    return named(name)
        .map(Hash::oid)
        .or(() -> other(entry -> entry.getKey().equalsIgnoreCase(name)).map(Map.Entry::getValue))
        .orElseThrow(() -> new IOException("AlgorithmId " + name + " impl not found"));
  }

  /** The AlgorithmIdentifier of MGF1 with a digest. */
  public static byte[] encodeMgf(String oid) {
    return Der.sequence(Der.oid(MGF1), encode(oid));
  }

  /** The name of the digest in the element with tag 0, SHA-1 unless it is there. */
  public static String decodeOptional(DerReader reader) throws IOException {
    if (!reader.next(Der.CONTEXT)) {
      return Hash.SHA1.standardName();
    }
    DerReader element = reader.enter(Der.CONTEXT);
    String hash = decode(element);
    element.end();
    return hash;
  }

  /** The name of the digest of MGF1 in the element with tag 1, SHA-1 unless it is there. */
  public static String decodeOptionalMgf(DerReader reader) throws IOException {
    if (!reader.next(Der.CONTEXT + 1)) {
      return Hash.SHA1.standardName();
    }
    DerReader element = reader.enter(Der.CONTEXT + 1);
    DerReader mgf = element.enter(Der.SEQUENCE);
    element.end();
    if (!mgf.oid().equals(MGF1)) {
      throw new IOException("mask generation function that is not MGF1");
    }
    String hash = decode(mgf);
    mgf.end();
    return hash;
  }
}
