package io.github.mbedtls4j.provider.internal.pbe;

import io.github.mbedtls4j.nativeloader.handle.Hash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * A scheme of PBES2 (RFC 8018, section 6.2): PBKDF2 with an HMAC, and AES in CBC mode.
 *
 * @param hash the digest of the HMAC
 * @param bits the key length
 */
public record Pbes2(Hash hash, int bits) {
  /** In the order of their object identifiers. */
  private static final List<Hash> HASHES = List.copyOf(EnumSet.range(Hash.SHA1, Hash.SHA512_256));

  private static final String FIRST_HMAC = "1.2.840.113549.2.";
  private static final int FIRST_HMAC_ARC = 7;

  private static final List<Pbes2> ALL = new ArrayList<>();

  static {
    for (Hash hash : HASHES) {
      for (int bits = 128; bits <= 256; bits += 64) {
        ALL.add(new Pbes2(hash, bits));
      }
    }
  }

  /** Every scheme. */
  public static List<Pbes2> all() {
    return ALL;
  }

  /** The name of its cipher, parameters and keys. */
  public String name() {
    return "PBEWithHmac" + hash.compactName() + "AndAES_" + bits;
  }

  /** The object identifier of AES-CBC with this key length. */
  String cipherOid() {
    return "2.16.840.1.101.3.4.1." + ((bits - 128) / 64 * 20 + 2);
  }

  /** The object identifier of the HMAC. */
  String hmacOid() {
    return FIRST_HMAC + (FIRST_HMAC_ARC + HASHES.indexOf(hash));
  }

  /** The digest of an HMAC's object identifier. */
  static Hash hashOf(String hmacOid) throws IOException {
    for (Pbes2 scheme : ALL) {
      if (scheme.hmacOid().equals(hmacOid)) {
        return scheme.hash();
      }
    }
    throw new IOException("PBES2 with the unknown HMAC " + hmacOid);
  }

  /** The scheme of two object identifiers. */
  static Pbes2 of(String hmacOid, String cipherOid) throws IOException {
    for (Pbes2 scheme : ALL) {
      if (scheme.hmacOid().equals(hmacOid) && scheme.cipherOid().equals(cipherOid)) {
        return scheme;
      }
    }
    throw new IOException("PBES2 with " + hmacOid + " and " + cipherOid + " is not known");
  }
}
