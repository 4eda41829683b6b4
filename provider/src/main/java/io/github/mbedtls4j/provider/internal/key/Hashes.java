package io.github.mbedtls4j.provider.internal.key;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Digests by the names and identifiers that parameters of RSA give them. */
public final class Hashes {
  private static final String MGF1 = "1.2.840.113549.1.1.8";

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

  /** The AlgorithmIdentifier of a digest. */
  public static byte[] encode(Hash hash) {
    return Der.sequence(Der.oid(hash.oid()), Der.nul());
  }

  /** The DigestInfo of a digest (RFC 8017 appendix A.2.4). */
  public static byte[] digestInfo(Hash hash, byte[] digest) {
    return Der.sequence(encode(hash), Der.octetString(digest));
  }

  /** The digest of an AlgorithmIdentifier. */
  public static Hash decode(DerReader reader) throws IOException {
    DerReader algorithm = reader.enter(Der.SEQUENCE);
    String oid = algorithm.oid();
    algorithm.skip(Der.NULL);
    algorithm.end();
    return find(hash -> hash.oid().equals(oid))
        .orElseThrow(() -> new IOException("no digest is known for " + oid));
  }

  /** A digest by its name, to be encoded. */
  public static Hash required(String name) throws IOException {
    return named(name)
        .orElseThrow(() -> new IOException("AlgorithmId " + name + " impl not found"));
  }

  /** The AlgorithmIdentifier of MGF1 with a digest. */
  public static byte[] encodeMgf(Hash hash) {
    return Der.sequence(Der.oid(MGF1), encode(hash));
  }

  /** The digest in the element with tag 0, SHA-1 unless it is there. */
  public static Hash decodeOptional(DerReader reader) throws IOException {
    if (!reader.next(Der.CONTEXT)) {
      return Hash.SHA1;
    }
    DerReader element = reader.enter(Der.CONTEXT);
    Hash hash = decode(element);
    element.end();
    return hash;
  }

  /** The digest of MGF1 in the element with tag 1, SHA-1 unless it is there. */
  public static Hash decodeOptionalMgf(DerReader reader) throws IOException {
    if (!reader.next(Der.CONTEXT + 1)) {
      return Hash.SHA1;
    }
    DerReader element = reader.enter(Der.CONTEXT + 1);
    DerReader mgf = element.enter(Der.SEQUENCE);
    element.end();
    if (!mgf.oid().equals(MGF1)) {
      throw new IOException("mask generation function that is not MGF1");
    }
    Hash hash = decode(mgf);
    mgf.end();
    return hash;
  }
}
