package io.github.mbedtls4j.provider.internal.rsa;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import io.github.mbedtls4j.provider.internal.key.Der;
import io.github.mbedtls4j.provider.internal.key.DerReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Digests by the names and identifiers that parameters give them. */
public final class Hashes {
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
  static byte[] encode(Hash hash) {
    return Der.sequence(Der.oid(hash.oid()), Der.nul());
  }

  /** The digest of an AlgorithmIdentifier. */
  static Hash decode(DerReader reader) throws IOException {
    DerReader algorithm = reader.enter(Der.SEQUENCE);
    String oid = algorithm.oid();
    algorithm.skip(Der.NULL);
    algorithm.end();
    return find(hash -> hash.oid().equals(oid))
        .orElseThrow(() -> new IOException("no digest is known for " + oid));
  }
}
