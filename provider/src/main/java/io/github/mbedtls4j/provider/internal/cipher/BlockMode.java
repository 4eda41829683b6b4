package io.github.mbedtls4j.provider.internal.cipher;

import io.github.mbedtls4j.nativeloader.handle.AesCfb8Context;
import io.github.mbedtls4j.nativeloader.handle.BlockTransform;
import io.github.mbedtls4j.nativeloader.handle.CipherContext;
import io.github.mbedtls4j.nativeloader.handle.CipherKind;
import io.github.mbedtls4j.nativeloader.handle.EcbContext;
import io.github.mbedtls4j.nativeloader.handle.XteaContext;

/** A keyed block cipher in one mode and direction, without padding. */
abstract class BlockMode implements AutoCloseable {
  /**
   * The library's own implementation if it has one, else one composed over its block cipher.
   *
   * @param resumes whether {@link #chain} is asked for
   */
  static BlockMode of(
      CipherKind kind, ModeName mode, boolean decrypting, boolean resumes, byte[] key) {
    int block = kind.blockLength();
    if (kind == CipherKind.XTEA) {
      return ofXtea(mode, decrypting, key);
    }
    if (mode.family() == ModeName.Family.ECB && EcbContext.supported(kind, !decrypting)) {
      return new EcbMode(new EcbContext(kind, key, !decrypting));
    }
    if (mode.bits() == Byte.SIZE && kind == CipherKind.AES && AesCfb8Context.supported()) {
      boolean output = mode.family() == ModeName.Family.OFB;
      return new ByteFeedbackMode(new AesCfb8Context(key), output, decrypting);
    }
    CipherKind.Mode own =
        switch (mode.family()) {
          case ECB -> CipherKind.Mode.ECB;
          case CBC, CTS -> CipherKind.Mode.CBC;
          case CTR -> CipherKind.Mode.CTR;
          case CFB -> mode.bits() == 0 ? CipherKind.Mode.CFB : null;
          case OFB -> mode.bits() == 0 && !resumes ? CipherKind.Mode.OFB : null;
          case PCBC -> null;
        };
    if (own != null && kind.supports(own)) {
      NativeMode nativeMode =
          new NativeMode(new CipherContext(kind, own, key, !decrypting), own, block, decrypting);
      return mode.family() == ModeName.Family.CTS
          ? new StealingMode(nativeMode, block, decrypting)
          : nativeMode;
    }
    return composed(
        new CipherContext(kind, CipherKind.Mode.ECB, key, encrypts(mode, decrypting)),
        block,
        mode,
        decrypting);
  }

  private static BlockMode ofXtea(ModeName mode, boolean decrypting, byte[] key) {
    int block = CipherKind.XTEA.blockLength();
    XteaContext xtea = new XteaContext(key, encrypts(mode, decrypting));
    return switch (mode.family()) {
      case ECB -> new EcbMode(xtea);
      case CBC -> new XteaCbcMode(xtea);
      case CTS -> new StealingMode(new XteaCbcMode(xtea), block, decrypting);
      default -> composed(xtea, block, mode, decrypting);
    };
  }

  /** Feedback and counters encrypt in both directions. */
  private static boolean encrypts(ModeName mode, boolean decrypting) {
    return !decrypting || mode.streams();
  }

  private static BlockMode composed(
      BlockTransform ecb, int block, ModeName mode, boolean decrypting) {
    return switch (mode.family()) {
      case PCBC -> new PropagatingMode(ecb, block, decrypting);
      case CTR -> new CounterMode(ecb, block);
      default ->
          new FeedbackMode(
              ecb, block, mode.unit(block), mode.family() == ModeName.Family.OFB, decrypting);
    };
  }

  /** Starts a message, or goes on from a {@link #chain}; null in ECB. */
  abstract void start(byte[] iv);

  /**
   * Transforms as many units as there are. Source and target may be the same array and overlap only
   * where they start at the same place or the target lies before.
   */
  abstract void update(byte[] source, int offset, int length, byte[] target, int targetOffset);

  /** Transforms the end of a message, which need not be a unit. */
  void last(byte[] source, int offset, int length, byte[] target, int targetOffset) {
    update(source, offset, length, target, targetOffset);
  }

  /** What {@link #start} takes to go on after the units so far; null in ECB. */
  abstract byte[] chain();

  @Override
  public abstract void close();
}
