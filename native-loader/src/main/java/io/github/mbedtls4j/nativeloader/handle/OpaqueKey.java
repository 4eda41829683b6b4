package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.binding.LibC;
import io.github.mbedtls4j.nativeloader.binding.Memory;
import io.github.mbedtls4j.nativeloader.binding.Pk;
import io.github.mbedtls4j.nativeloader.binding.PkRsaAlt;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A private key whose operations C asks of Java. C names it by an address of its own, under which
 * it stands in a table as long as C may use it.
 *
 * <p>This is the one place where code that is not ours runs below a native frame. Whatever it
 * throws is kept and becomes an error code: an exception that left a callback would return 0, which
 * C takes for success.
 */
final class OpaqueKey {
  /** The premaster secret of a TLS suite with RSA key exchange: all that TLS ever decrypts. */
  private static final int SECRET = 48;

  /** The bytes around the message of RFC 8017 section 7.2.1 at least. */
  private static final int PADDING = 11;

  private static final Map<Long, OpaqueKey> KEYS = new ConcurrentHashMap<>();

  static final PkRsaAlt.SignFunc RSA_SIGN =
      (ctx, rng, rngContext, mode, type, hashLength, hash, signature) -> {
        OpaqueKey key = null;
        try {
          key = KEYS.get(ctx);
          byte[] made = key.sign(type, hash, hashLength);
          if (made.length != key.signatureLength) {
            throw key.wrongLength(made);
          }
          Memory.view(signature, made.length).put(made);
          return 0;
        } catch (Throwable t) {
          return failed(key, t);
        }
      };

  static final PkRsaAlt.DecryptFunc RSA_DECRYPT =
      (ctx, mode, outputLength, input, output, room) -> {
        OpaqueKey key = null;
        try {
          key = KEYS.get(ctx);
          return room < SECRET
              ? Pk.MBEDTLS_ERR_PK_HW_ACCEL_FAILED
              : key.decrypt(input, output, outputLength);
        } catch (Throwable t) {
          return failed(key, t);
        }
      };

  static final PkRsaAlt.KeyLenFunc RSA_KEY_LEN =
      ctx -> {
        OpaqueKey key = KEYS.get(ctx);
        return key == null ? 0 : key.signatureLength;
      };

  private static final Pk.SignFunc EC_SIGN =
      (ctx, type, hash, hashLength, signature, signatureLength, rng, rngContext) -> {
        OpaqueKey key = null;
        try {
          key = KEYS.get(ctx);
          byte[] made = key.sign(type, hash, (int) hashLength);
          if (made.length > key.signatureLength) {
            throw key.wrongLength(made);
          }
          Memory.view(signature, made.length).put(made);
          Memory.view(signatureLength, Long.BYTES).putLong(made.length);
          return 0;
        } catch (Throwable t) {
          return failed(key, t);
        }
      };

  /** The C address of the function that signs with an EC key. */
  static final long EC_SIGN_ADDRESS = LibC.address(EC_SIGN);

  private final PrivateOperations operations;

  /** In bytes: of every RSA signature, or of the longest ECDSA signature. */
  private final int signatureLength;

  private volatile Throwable failure;

  OpaqueKey(PrivateOperations operations, int signatureLength) {
    this.operations = operations;
    this.signatureLength = signatureLength;
  }

  /** Makes C find the key by an address, which no other key has as long as this one. */
  void register(long address) {
    KEYS.put(address, this);
  }

  /** To be called before the memory at the address is freed. */
  static void unregister(long address) {
    KEYS.remove(address);
  }

  /** What the first operation that failed threw; null if none has. */
  Throwable failure() {
    return failure;
  }

  private static int failed(OpaqueKey key, Throwable thrown) {
    if (key != null && key.failure == null) {
      key.failure = thrown;
    }
    return Pk.MBEDTLS_ERR_PK_HW_ACCEL_FAILED;
  }

  private SignatureException wrongLength(byte[] signature) {
    return new SignatureException(
        "the signature has " + signature.length + " bytes, not " + signatureLength);
  }

  private byte[] sign(int type, long hash, int hashLength) throws Exception {
    Hash kind = type == 0 ? null : ofType(type);
    int length = hashLength == 0 && kind != null ? kind.length() : hashLength;
    return operations.sign(kind, Memory.bytes(hash, length));
  }

  private static Hash ofType(int type) {
    return Arrays.stream(Hash.values())
        .filter(hash -> hash.mdType() == type && !hash.isSha512t())
        .findAny()
        .orElseThrow();
  }

  /**
   * Gives C the last 48 bytes and says whether what stands before them is their padding. Nothing
   * here branches on the decrypted bytes: C replaces a wrong secret by a random one, as silently
   * (RFC 5246 section 7.4.7.1).
   */
  private int decrypt(long input, long output, long outputLength) throws Exception {
    byte[] block = new byte[signatureLength];
    byte[] made = operations.decrypt(Memory.bytes(input, signatureLength));
    try {
      if (made.length > block.length || block.length < PADDING + SECRET) {
        return Pk.MBEDTLS_ERR_PK_HW_ACCEL_FAILED;
      }
      System.arraycopy(made, 0, block, block.length - made.length, made.length);
      int zero = block.length - SECRET - 1;
      int wrong = block[0] | (block[1] ^ 2) | block[zero];
      for (int i = 2; i < zero; i++) {
        // 1 for a zero byte, which must not be in the padding.
        wrong |= ((block[i] & 0xFF) - 1) >>> 31;
      }
      Memory.view(output, SECRET).put(block, zero + 1, SECRET);
      Memory.view(outputLength, Long.BYTES).putLong(SECRET);
      // -1 unless nothing is wrong.
      return ((wrong | -wrong) >> 31) & Pk.MBEDTLS_ERR_PK_HW_ACCEL_FAILED;
    } finally {
      Arrays.fill(made, (byte) 0);
      Arrays.fill(block, (byte) 0);
    }
  }
}
