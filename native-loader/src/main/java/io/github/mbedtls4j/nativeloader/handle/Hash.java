package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.Md;

/** The message digests of Mbed TLS 2.28, and SHA-512/t over its SHA-512 ({@link Sha512t}). */
public enum Hash {
  MD2(1, "MD2", "1.2.840.113549.2.2", 16, 16),
  MD4(2, "MD4", "1.2.840.113549.2.4", 16, 64),
  MD5(3, "MD5", "1.2.840.113549.2.5", 16, 64),
  SHA1(4, "SHA-1", "1.3.14.3.2.26", 20, 64),
  SHA224(5, "SHA-224", "2.16.840.1.101.3.4.2.4", 28, 64),
  SHA256(6, "SHA-256", "2.16.840.1.101.3.4.2.1", 32, 64),
  SHA384(7, "SHA-384", "2.16.840.1.101.3.4.2.2", 48, 128),
  SHA512(8, "SHA-512", "2.16.840.1.101.3.4.2.3", 64, 128),
  SHA512_224(8, "SHA-512/224", "2.16.840.1.101.3.4.2.5", 28, 128),
  SHA512_256(8, "SHA-512/256", "2.16.840.1.101.3.4.2.6", 32, 128),
  RIPEMD160(9, "RIPEMD160", "1.3.36.3.2.1", 20, 64);

  private final int mdType;
  private final String standardName;
  private final String oid;
  private final int length;
  private final int blockLength;

  Hash(int mdType, String standardName, String oid, int length, int blockLength) {
    this.mdType = mdType;
    this.standardName = standardName;
    this.oid = oid;
    this.length = length;
    this.blockLength = blockLength;
  }

  /** The {@code mbedtls_md_type_t}. */
  public int mdType() {
    return mdType;
  }

  /** The JCA standard name of the digest. */
  public String standardName() {
    return standardName;
  }

  /** The name inside names such as {@code HmacSHA256} and {@code SHA256withRSA}. */
  public String compactName() {
    return standardName.replace("-", "");
  }

  /** The object identifier of the digest. */
  public String oid() {
    return oid;
  }

  /** The digest length in bytes. */
  public int length() {
    return length;
  }

  /** The block length in bytes, as RFC 2104 uses it. */
  public int blockLength() {
    return blockLength;
  }

  /** Whether the loaded library has the digest. */
  public boolean supported() {
    return info() != 0 && (!isSha512t() || Sha512t.supported());
  }

  /** Whether this is SHA-512 from another initial value, cut short. */
  public boolean isSha512t() {
    return mdType == SHA512.mdType && length < SHA512.length;
  }

  /** The digest of a whole message in one native call. */
  public byte[] digest(byte[] message, int offset, int length) {
    if (isSha512t()) {
      try (MdContext context = new MdContext(this)) {
        context.update(message, offset, length);
        return context.finish();
      }
    }
    try (NativeBuffer in = NativeBuffer.of(message, offset, length);
        NativeBuffer out = NativeBuffer.allocate(this.length)) {
      MbedTlsException.check(
          "mbedtls_md", Md.mbedtls_md(info(), in.address(), length, out.address()));
      return out.bytes(0, this.length);
    }
  }

  long info() {
    return Md.mbedtls_md_info_from_type(mdType);
  }
}
