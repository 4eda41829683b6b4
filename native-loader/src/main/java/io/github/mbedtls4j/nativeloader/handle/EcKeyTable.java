package io.github.mbedtls4j.nativeloader.handle;

import io.github.mbedtls4j.nativeloader.MbedTls;
import io.github.mbedtls4j.nativeloader.binding.LibC;
import io.github.mbedtls4j.nativeloader.binding.Memory;
import io.github.mbedtls4j.nativeloader.binding.Pk;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Variants of the table of functions that Mbed TLS calls an EC key by ({@code mbedtls_pk_info_t} of
 * {@code pk_internal.h}): a copy with another {@code sign_func}. There is no public function for
 * this, so what is known of the layout is checked against the loaded library first.
 */
final class EcKeyTable {
  private static final int NAME_AT = 8;
  private static final int GET_BITLEN_AT = 16;
  private static final int CAN_DO_AT = 24;
  private static final int VERIFY_AT = 32;
  private static final int SIGN_AT = 40;

  /** Two more functions for operations in steps, and two that allocate and free for them. */
  private static final int RESTARTABLE =
      MbedTls.hasFeature("MBEDTLS_ECP_RESTARTABLE") ? 2 * Long.BYTES : 0;

  private static final int DECRYPT_AT = 48 + RESTARTABLE;
  private static final int ENCRYPT_AT = 56 + RESTARTABLE;
  private static final int CHECK_PAIR_AT = 64 + RESTARTABLE;
  private static final int ALLOC_AT = 72 + RESTARTABLE;
  private static final int FREE_AT = 80 + RESTARTABLE;
  private static final int DEBUG_AT = 88 + 2 * RESTARTABLE;
  private static final int SIZE = DEBUG_AT + Long.BYTES;

  /** Where a {@code mbedtls_pk_context} keeps its table and its key. */
  private static final int INFO_AT = 0;

  private static final int KEY_AT = 8;

  private static final long ECKEY = Pk.mbedtls_pk_info_from_type(Pk.MBEDTLS_PK_ECKEY);
  private static final long ECDSA = Pk.mbedtls_pk_info_from_type(Pk.MBEDTLS_PK_ECDSA);

  /** Signs in Java; 0 if the library's layout is not the known one. */
  private static final long OPAQUE;

  /** Signs with the group of the key, where the library's own makes a copy each time; or 0. */
  private static final long DIRECT;

  static {
    long opaque = known() ? copy(OpaqueKey.EC_SIGN_ADDRESS) : 0;
    OPAQUE = opaque != 0 && works(opaque) ? opaque : 0;
    DIRECT = OPAQUE == 0 ? 0 : copy(Memory.getLong(ECDSA + SIGN_AT));
  }

  private EcKeyTable() {}

  /** Whether keys can be opaque with the loaded library. */
  static boolean supported() {
    return OPAQUE != 0;
  }

  /** Makes a parsed public key a private one that Java signs with; the address that it goes by. */
  static long makeOpaque(long pk) {
    setTable(pk, OPAQUE);
    return key(pk);
  }

  /**
   * Lets an EC key sign with its own group, which remembers a table of multiples after its first
   * signature: later ones take half the time. The table is filled without a lock, so the key is for
   * one thread at a time from now on. Other keys stay as they are.
   */
  static void makeDirect(long pk) {
    if (DIRECT != 0 && Memory.getLong(pk + INFO_AT) == ECKEY) {
      setTable(pk, DIRECT);
    }
  }

  /** The address of the key inside a context. */
  static long key(long pk) {
    return Memory.getLong(pk + KEY_AT);
  }

  private static void setTable(long pk, long table) {
    Memory.view(pk + INFO_AT, Long.BYTES).putLong(table);
  }

  /** A copy that is never freed. */
  private static long copy(long signFunction) {
    long table = Memory.allocate(SIZE);
    LibC.memcpy(table, ECKEY, SIZE);
    Memory.view(table + SIGN_AT, Long.BYTES).putLong(signFunction);
    return table;
  }

  /** Whether what can be seen of two tables is what the known layout has there. */
  private static boolean known() {
    return ECKEY != 0
        && ECDSA != 0
        && ContextType.PK.size() == 2 * Long.BYTES
        && Memory.getInt(ECKEY) == Pk.MBEDTLS_PK_ECKEY
        && Memory.getInt(ECDSA) == Pk.MBEDTLS_PK_ECDSA
        && IntStream.of(GET_BITLEN_AT, CHECK_PAIR_AT, DEBUG_AT)
            .allMatch(at -> entry(ECKEY, at) != 0 && entry(ECKEY, at) == entry(ECDSA, at))
        && IntStream.of(CAN_DO_AT, VERIFY_AT, SIGN_AT)
            .allMatch(at -> entry(ECKEY, at) != 0 && entry(ECKEY, at) != entry(ECDSA, at))
        && IntStream.of(ALLOC_AT, FREE_AT)
            .allMatch(at -> entry(ECKEY, at) != 0 && entry(ECDSA, at) != 0)
        && IntStream.of(DECRYPT_AT, ENCRYPT_AT)
            .allMatch(at -> entry(ECKEY, at) == 0 && entry(ECDSA, at) == 0)
        && contextIsKnown();
  }

  private static long entry(long table, int at) {
    return Memory.getLong(table + at);
  }

  private static boolean contextIsKnown() {
    try (PkContext probe = PkContext.empty(ECKEY)) {
      return probe.status(
              pk ->
                  Memory.getLong(pk + INFO_AT) == ECKEY
                          && key(pk) != 0
                          && Pk.mbedtls_pk_get_name(pk) == entry(ECKEY, NAME_AT)
                          && "EC".equals(Memory.string(Pk.mbedtls_pk_get_name(pk)))
                      ? 1
                      : 0)
          == 1;
    }
  }

  /** Whether C calls a copy's function with what it is to sign, and takes what it makes. */
  private static boolean works(long table) {
    byte[] digest = new byte[Hash.SHA256.length()];
    Arrays.fill(digest, (byte) 0x5A);
    OpaqueKey mirror = new OpaqueKey(new Mirror(), digest.length);
    try (PkContext probe = PkContext.empty(ECKEY);
        NativeBuffer in = NativeBuffer.of(digest);
        NativeBuffer out = NativeBuffer.allocate(digest.length);
        NativeBuffer length = NativeBuffer.allocate(Long.BYTES)) {
      int result =
          probe.status(
              pk -> {
                setTable(pk, table);
                mirror.register(key(pk));
                try {
                  return Pk.mbedtls_pk_sign(
                      pk,
                      Hash.SHA256.mdType(),
                      in.address(),
                      digest.length,
                      out.address(),
                      length.address(),
                      Rng.F_RNG,
                      0);
                } finally {
                  OpaqueKey.unregister(key(pk));
                }
              });
      return result == 0
          && length.getLong(0) == digest.length
          && Arrays.equals(out.bytes(0, digest.length), digest);
    }
  }

  /** Takes what it is to sign for the signature. */
  private static final class Mirror implements PrivateOperations {
    @Override
    public byte[] sign(Hash hash, byte[] digest) {
      return hash == Hash.SHA256 ? digest : new byte[0];
    }

    @Override
    public byte[] decrypt(byte[] ciphertext) {
      throw new UnsupportedOperationException();
    }
  }
}
