package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.LoadedLibrary;
import io.github.mbedtls4j.nativeloader.binding.Memory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * The C structures that we own, with sizes measured in the loaded library: they differ between
 * builds of one version.
 *
 * <p>The size is one past the last byte that the structure's {@code _init} function changes in a
 * filled block, rounded up to 8, since only trailing padding can follow. A library without the
 * function has no such structure: its size is 0.
 */
public enum ContextType {
  AES,
  AES_XTS,
  ARC4,
  ARIA,
  BLOWFISH,
  CAMELLIA,
  CCM,
  CHACHA20,
  CHACHAPOLY,
  CIPHER,
  CTR_DRBG,
  DES,
  DES3,
  DHM,
  ECDH,
  ECDSA,
  ECJPAKE,
  ECP_GROUP,
  ECP_KEYPAIR,
  ECP_POINT,
  ENTROPY,
  GCM,
  HMAC_DRBG,
  MD,
  MD2,
  MD4,
  MD5,
  MPI,
  NIST_KW,
  PEM,
  PK,
  POLY1305,
  RIPEMD160,
  RSA(2),
  SHA1,
  SHA256,
  SHA512,
  SSL,
  SSL_CACHE,
  SSL_CONFIG,
  SSL_COOKIE,
  SSL_SESSION,
  SSL_TICKET,
  X509_CRL,
  X509_CRT,
  X509_CSR,
  X509WRITE_CERT("mbedtls_x509write_crt_init"),
  X509WRITE_CSR,
  XTEA;

  private final String initFunction;

  /** How many zeros the init function takes after the context. */
  private final int moreArguments;

  ContextType() {
    this(0);
  }

  ContextType(int moreArguments) {
    this.initFunction = "mbedtls_" + name().toLowerCase(Locale.ROOT) + "_init";
    this.moreArguments = moreArguments;
  }

  ContextType(String initFunction) {
    this.initFunction = initFunction;
    this.moreArguments = 0;
  }

  /** The size in bytes of the structure; 0 if the library lacks it. */
  public int size() {
    return Measured.SIZES.get(this);
  }

  /** Measures every type now; otherwise the first use of a size does. */
  public static void measureAll() {
    if (Measured.SIZES.get(MD) == 0) {
      throw new IllegalStateException("the library has no mbedtls_md_init");
    }
  }

  private static final class Measured {
    /** Above the largest known: {@code entropy_context} with HAVEGE is 37,960 bytes. */
    private static final int BLOCK = 1 << 16;

    private static final int CHUNK = 1 << 10;

    static final Map<ContextType, Integer> SIZES = measure();

    private static Map<ContextType, Integer> measure() {
      Map<ContextType, Integer> sizes = new EnumMap<>(ContextType.class);
      long block = Memory.allocate(BLOCK);
      ByteBuffer view = Memory.view(block, BLOCK);
      for (ContextType type : values()) {
        int size = 0;
        if (LoadedLibrary.exports(type.initFunction)) {
          // Two patterns: init may happen to write a byte of the first one.
          size = Math.max(end(type, block, view, (byte) 0xA5), end(type, block, view, (byte) 0x5A));
        }
        sizes.put(type, size + 7 & -8);
      }
      Memory.wipeAndFree(block, BLOCK);
      return sizes;
    }

    private static int end(ContextType type, long block, ByteBuffer view, byte pattern) {
      byte[] filled = new byte[CHUNK];
      Arrays.fill(filled, pattern);
      for (int at = 0; at < BLOCK; at += CHUNK) {
        view.put(at, filled);
      }
      Object[] arguments = new Object[1 + type.moreArguments];
      Arrays.fill(arguments, 0);
      arguments[0] = block;
      LoadedLibrary.invokeInt(type.initFunction, arguments);
      ByteBuffer reference = ByteBuffer.wrap(filled);
      for (int at = BLOCK - CHUNK; at >= 0; at -= CHUNK) {
        if (view.slice(at, CHUNK).mismatch(reference) >= 0) {
          int last = at + CHUNK - 1;
          while (view.get(last) == pattern) {
            last--;
          }
          return last + 1;
        }
      }
      throw new IllegalStateException(type.initFunction + " changes nothing");
    }
  }
}
